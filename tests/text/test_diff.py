import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.text.diff import Piece, diff


def changes(old, new):
    return [(piece.op, piece.text) for piece in diff(old, new) if piece.op != "equal"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("下调0.25个百分点", "下调25个基点", [("delete", "0.25个百分点"), ("insert", "25个基点")]),
        ("产量1,200万吨", "产量1,300万吨", [("delete", "1,200万"), ("insert", "1,300万")]),
        ("Output fell by 5%.", "Output rose by 5%.", [("delete", "fell"), ("insert", "rose")]),
        ("工厂投产", "新工厂投产", [("insert", "新")]),
        ("the old plant", "the plant", [("delete", "old ")]),
        ("the firm's plan", "the firm’s plan", [("delete", "firm's"), ("insert", "firm’s")]),
    ],
)  # fmt: skip
def test_changes_are_whole_words_and_numbers(old, new, expected):
    assert changes(old, new) == expected


def test_words_changed_in_a_row_are_one_change():
    old, new = "It makes very big presses here.", "It makes quite large presses here."
    assert changes(old, new) == [("delete", "very big"), ("insert", "quite large")]


def test_equal_texts_are_one_piece():
    assert diff("同一句话", "同一句话") == (Piece("equal", "同一句话"),)


def test_nothing_and_nothing_have_no_pieces():
    assert diff("", "") == ()


TEXTS = st.text(alphabet="汉字新ab 1.5%万,。'\n", max_size=30)


@given(old=TEXTS, new=TEXTS)
def test_pieces_make_up_both_texts(old, new):
    pieces = diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "insert") == old
    assert "".join(piece.text for piece in pieces if piece.op != "delete") == new
    assert all(piece.text for piece in pieces)
