import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.translate import packages
from yibao.translate.argos import argos_package
from yibao.translate.tokens import Tokenizer, spans


@pytest.fixture(scope="module")
def argos_tokenizer(tiny):
    return argos_package().Package(tiny().package.folder).tokenizer


def test_underscores_survive_which_argostranslate_makes_spaces(argos_tokenizer):
    tokenizer = Tokenizer(argos_tokenizer)
    pieces = tokenizer.encode("https://a.example/x_y")
    assert tokenizer.decode(pieces) == "https://a.example/x_y"
    assert argos_tokenizer.decode(pieces) == "https://a.example/x y"


def test_a_copied_unknown_piece_has_no_marker_left(argos_tokenizer):
    assert Tokenizer(argos_tokenizer).decode(["▁new", "▁龘", "龘"]) == "new 龘龘"


def test_bytes_that_make_no_character_are_left_out(starters):
    package = packages.find("zh", "en", starters)
    tokenizer = Tokenizer(argos_package().Package(package.folder).tokenizer)
    assert tokenizer.decode(["▁a", "<0xE9>", "▁", "b"]) == "a b"
    assert tokenizer.decode(tokenizer.encode("龘😀")) == "龘😀"


def test_each_piece_is_found_in_the_text(argos_tokenizer):
    text = "公司测试 新水泵，价格"
    pieces = Tokenizer(argos_tokenizer).encode(text)
    found = [text[span.start : span.end] for span in spans(text, pieces)]
    assert [each for each in found if each] == ["公司", "测试", "新", "水泵", "，", "价格"]


def test_bytes_take_no_room_and_shift_nothing():
    assert spans("a龘b", ["▁a", "<0xE9>", "<0xBE>", "<0x98>", "b"]) == (
        (0, 1),
        (1, 1),
        (1, 1),
        (1, 1),
        (2, 3),
    )


def test_pieces_of_bpe_are_found_too():
    assert spans("unlikely so", ["un@@", "likely", "so"]) == ((0, 2), (2, 8), (9, 11))


@given(
    st.text("ab ①龘😀ﬁＡ▁。", max_size=40), st.lists(st.text("ab▁fi1A。", max_size=3), max_size=20)
)
def test_spans_lie_in_the_text_in_order_whatever_the_pieces(text, pieces):
    found = spans(text, pieces)
    assert len(found) == len(pieces)
    assert all(0 <= span.start <= span.end <= len(text) for span in found)
    assert [span.start for span in found] == sorted(span.start for span in found)
