from yibao.glossary import Span
from yibao.translate.alignment import Attention, Through

WORDS = Attention(
    source=(Span(0, 2), Span(2, 4), Span(4, 5)),
    target=(Span(0, 3), Span(4, 9), Span(10, 15), Span(15, 15)),
    weights=((0.9, 0.1, 0.0), (0.1, 0.8, 0.0), (0.1, 0.6, 0.2), (0.0, 1.0, 0.0)),
)


def test_a_word_goes_where_most_attention_is():
    assert WORDS.locate(0, 2) == Span(0, 3)


def test_neighbours_that_look_nearly_as_hard_belong_to_it():
    assert WORDS.locate(2, 4) == Span(4, 15)


def test_a_part_of_a_word_goes_with_the_word():
    assert WORDS.locate(1, 2) == Span(0, 3)


def test_what_no_piece_looks_at_is_nowhere():
    assert WORDS.locate(7, 9) is None
    assert Attention((Span(0, 1),), (), ()).locate(0, 1) is None
    assert Attention((Span(0, 1),), (Span(0, 2),), ((0.0,),)).locate(0, 1) is None


def test_two_legs_lead_through_the_language_between():
    back = Attention((Span(0, 3), Span(4, 9)), (Span(3, 6), Span(0, 2)), ((1.0, 0), (0, 1.0)))
    assert Through(WORDS, back).locate(0, 2) == Span(3, 6)
    assert Through(WORDS, back).locate(8, 9) is None
