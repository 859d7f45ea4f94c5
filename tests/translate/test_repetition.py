import pytest

from yibao.translate.repetition import loops


@pytest.mark.parametrize(
    "text",
    [
        "the the the the plant",
        "of the year of the year of the year",
        "the city of the province in the city of the province in the city of the province in",
        "the first a first the plant first the a plant " * 4,
    ],
)
def test_circles_are_seen(text):
    assert loops(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the the plant",
        "very , very , good",
        "1 0 0 0 0 0 0 0 0 0",
        "- - - - - - -",
        "the plant makes pumps , the mill makes steel , the yard makes ships",
        " ".join(f"word{i}" for i in range(60)),
    ],
)
def test_ordinary_text_is_none(text):
    assert not loops(text.split())
