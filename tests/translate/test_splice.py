import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.glossary import Span
from yibao.translate.splice import Edit, place, splice


def put(text, words, form, code="en", taken=()):
    """Splice `form` over `words`, or into the place that a bar marks."""
    start = text.index(words) if words else text.index("|")
    text = text if words else text.replace("|", "")
    span = place(text, Span(start, start + len(words)), taken, code)
    return splice(text, [Edit(span, form, form[:1].upper() + form[1:])], code)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The plant stores power well.", "power", "The plant stores energy storage well."),
        ("The plant stores power well.", "owe", "The plant stores energy storage well."),
        ("The plant.", "plant", "The energy storage."),
        ("It is a store.", "store", "It is an energy storage."),
        ("Power rose.", "Power", "Energy storage rose."),
        ("The plant| rose.", "", "The plant energy storage rose."),
        ("The plant |rose.", "", "The plant energy storage rose."),
        ("The pla|nt rose.", "", "The energy storage plant rose."),
        ("It has energy depots.", "depots", "It has energy storage."),
        ("New depots storage rose.", "depots", "New energy storage rose."),
        ("one two three four five", "one two three four five", "Energy storage four five"),
        ("(power)", "power", "(energy storage)"),
        ("Yes,no", "no", "Yes, energy storage"),
        ("|", "", "Energy storage"),
    ],
)
def test_english_stays_readable(text, words, expected):
    assert put(text, words, "energy storage") == expected


def test_a_term_with_its_own_article_takes_the_other_ones_place():
    assert put("He read a paper.", "paper", "the Belt and Road") == "He read the Belt and Road."


def test_words_that_would_stand_twice_stand_once():
    assert put("The smart grid plant grew.", "grid", "smart grid") == "The smart grid plant grew."
    assert put("智能网络电网建成。", "网络", "智能电网", "zh") == "智能电网建成。"


def test_a_term_does_not_run_on_into_a_number():
    assert put("建成45个基站", "5", "5G网络", "zh") == "建成4 5G网络个基站"


def test_chinese_needs_no_spaces():
    assert put("工厂测试电力。", "电力", "储能", "zh") == "工厂测试储能。"


def test_what_another_term_has_is_left_alone():
    text = "The wind farm grew."
    wind_farm = Span(4, 13)
    assert put(text, "farm", "hydrogen", taken=[wind_farm]) == "The wind farm hydrogen grew."


def test_terms_at_one_place_stand_in_the_order_of_the_source():
    text, here = "They make things.", Span(10, 16)
    edits, taken = [], []
    for form in ("pumps", "valves", "gauges"):
        span = place(text, here, taken, "en")
        taken.append(span)
        edits.append(Edit(span, form, form))
    assert splice(text, edits, "en") == "They make pumps valves gauges."


words = st.text("ab c.", min_size=0, max_size=30)


@given(
    words,
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=5),
    st.sampled_from(["en", "zh"]),
)
def test_every_term_gets_in_and_none_gets_lost(text, places, code):
    edits, taken = [], []
    for number, (start, size) in enumerate(places):
        located = Span(min(start, len(text)), min(start + size, len(text)))
        span = place(text, located, taken, code)
        taken.append(span)
        edits.append(Edit(span, f"T{number}x", f"T{number}x"))
    written = splice(text, edits, code)
    assert all(written.count(f"T{number}x") == 1 for number in range(len(places)))
