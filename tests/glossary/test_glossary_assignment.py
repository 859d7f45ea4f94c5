from yibao.glossary import Glossary, Term, outcomes


def term(zh, en):
    return Term(f"t/{zh}", "t", "t", {"zh": (zh,), "en": (en,)})


def test_a_short_term_is_not_found_inside_a_long_one():
    glossary = Glossary((term("水泵", "pump"), term("阀门", "pump valve")))
    text = "The pump valve and the pump."
    both = outcomes("水泵和阀门", text, glossary, ("zh", "en"), "missed")
    assert [text[each.target_start : each.target_end] for each in both] == ["pump", "pump valve"]
    (short, _) = outcomes("水泵和阀门", "The pump valve.", glossary, ("zh", "en"), "missed")
    assert short.status == "missed"


def test_a_term_named_twice_may_be_written_once():
    twice = outcomes(
        "水泵和水泵", "The pumps rose.", Glossary((term("水泵", "pump"),)), ("zh", "en"), "missed"
    )
    assert [(each.status, each.target_start) for each in twice] == [("kept", 4), ("kept", 4)]


def test_a_term_that_is_written_twice_is_met_in_order():
    text = "A pump and a pump."
    twice = outcomes("水泵和水泵", text, Glossary((term("水泵", "pump"),)), ("zh", "en"), "missed")
    assert [each.target_start for each in twice] == [2, 13]


def test_a_term_without_an_accepted_form_is_as_the_caller_says():
    glossary = Glossary((term("水泵", "pump"),))
    (one,) = outcomes("水泵", "The device.", glossary, ("zh", "en"), "waived")
    assert (one.status, one.target_start) == ("waived", None)
