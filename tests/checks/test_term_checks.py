from check_cases import CheckCases, en_zh, zh_en

from yibao.checks.terms import TermForbidden, TermMissed, TermSpliced
from yibao.glossary import Glossary, Term, TermOutcome

STORAGE = Term(
    id="energy/储能电站",
    glossary="energy",
    domain="energy",
    forms={"zh": ("储能电站",), "en": ("energy storage station", "storage plant")},
    forbidden={"en": ("energy saving station",), "zh": ("节能电站",)},
)
GLOSSARY = Glossary((STORAGE,))


def outcome(status, **places):
    return TermOutcome(STORAGE.id, "储能电站", "energy storage station", 2, 6, status, **places)


class TestTermMissed(CheckCases):
    check = TermMissed()
    passing = (
        zh_en("新的储能电站", "new energy storage stations", glossary=GLOSSARY),
        zh_en("新的储能电站", "a new storage plant", glossary=GLOSSARY),
        zh_en("新的电站", "a new power station", glossary=GLOSSARY),
        zh_en("新的储能电站", "a new one", glossary=GLOSSARY, terms=(outcome("waived"),)),
        # What a person mended since the draft counts, not what was said of the draft.
        zh_en("新的储能电站", "a storage plant", glossary=GLOSSARY, terms=(outcome("missed"),)),
        zh_en("新的储能电站", "anything", terms=(outcome("kept"),)),
        en_zh("two storage plants", "两座储能电站", glossary=GLOSSARY),
    )
    failing = (
        (zh_en("新的储能电站", "a new power station", glossary=GLOSSARY), [None]),
        (zh_en("新的储能电站", "a new one", glossary=GLOSSARY, terms=(outcome("kept"),)), [None]),
        (zh_en("新的储能电站", "a new one", terms=(outcome("missed"),)), [None]),
        (zh_en("储能电站连着储能电站", "one beside another", glossary=GLOSSARY), [None]),
        (en_zh("a new storage plant", "新电站", glossary=GLOSSARY), [None]),
    )


class TestTermForbidden(CheckCases):
    check = TermForbidden()
    passing = (
        zh_en("新的储能电站", "a new energy storage station", glossary=GLOSSARY),
        zh_en("节约能源", "an energy saving station", glossary=GLOSSARY),
        zh_en("新的储能电站", "an energy saving station"),
    )
    failing = (
        (
            zh_en("新的储能电站", "A new energy saving station opens.", glossary=GLOSSARY),
            ["energy saving station"],
        ),
        (en_zh("a new storage plant", "新的节能电站", glossary=GLOSSARY), ["节能电站"]),
    )


class TestTermSpliced(CheckCases):
    check = TermSpliced()
    passing = (
        zh_en("新的储能电站", "a new storage plant", terms=(outcome("kept"),)),
        zh_en("新的储能电站", "gone", terms=(outcome("spliced", target_start=6, target_end=20),)),
    )
    failing = (
        (
            zh_en(
                "新的储能电站",
                "a new storage plant",
                terms=(outcome("spliced", target_start=6, target_end=19),),
            ),
            ["storage plant"],
        ),
    )


def test_the_message_says_what_to_write():
    pair = zh_en("新的储能电站", "an energy saving station", glossary=GLOSSARY)
    (missed,) = TermMissed().findings(pair)
    (banned,) = TermForbidden().findings(pair)
    assert missed.message == "“储能电站” should be “energy storage station”."
    assert "“energy storage station”" in banned.message
