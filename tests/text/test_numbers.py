import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.text.numbers import alike, numbers

SAME = [
    ("3500万", "35 million"),
    ("三千五百万", "35 million"),
    ("1.92 亿", "192 million"),
    ("1亿2000万", "120,000,000"),
    ("75万7千", "757,000"),
    ("500余万", "five million"),
    ("3万亿", "3 trillion"),
    ("3.5万亿", "$3.5tn"),
    ("一千八百万", "18 million"),
    ("一万二", "12,000"),
    ("三百五", "350"),
    ("一百零五", "one hundred and five"),
    ("两千零一十", "2,010"),
    ("150万", "one and a half million"),
    ("50万", "half a million"),
    ("1.2728亿", "127 million"),
    ("二十一", "twenty-one"),
    ("二〇一九年", "2019"),
    ("90年代", "1990s"),
    ("20世纪90年代", "the 1990s"),
    ("19世纪", "the 1800s"),
    ("第十三届", "13th"),
    ("3月", "March"),
    ("下午5点", "5 p.m."),
    ("17时", "5:30pm"),
    ("三成", "30%"),
    ("七成五", "75 per cent"),
    ("八折", "20 percent"),
    ("百分之三点五", "3.5%"),
    ("千分之五", "0.5%"),
    ("25个基点", "0.25 percentage points"),
    ("0.25个百分点", "25 basis points"),
    ("三分之二", "two-thirds"),
    ("五分之一", "20%"),
    ("3倍", "300%"),
    ("2倍", "twofold"),
    ("翻两番", "quadrupled"),
    ("50%", "half"),
    ("二十年", "two decades"),
    ("3万千瓦", "30 MW"),
    ("500千克", "0.5 tonnes"),
    ("5，000", "5,000"),
    ("１２３", "123"),
    ("10700", "10.700"),
    ("七天半", "seven and a half"),
]  # fmt: skip
DIFFERENT = [
    ("530万", "530 million"),
    ("90亿", "90 billion"),
    ("2018年", "2019"),
    ("3500", "3600"),
    ("25个基点", "25%"),
    ("三成", "13%"),
    ("1.5%", "15%"),
    ("240万", "2 million"),
    ("205", "two hundred and six"),
]


@pytest.mark.parametrize(("chinese", "english"), SAME)
def test_same_in_both_languages(chinese, english):
    ours, theirs = numbers(chinese, "zh"), numbers(english, "en")
    assert any(alike(one, other) for one in ours for other in theirs), (ours, theirs)


@pytest.mark.parametrize(("chinese", "english"), DIFFERENT)
def test_different_in_both_languages(chinese, english):
    ours, theirs = numbers(chinese, "zh"), numbers(english, "en")
    assert not any(alike(one, other) for one in ours for other in theirs), (ours, theirs)


def values(text, language):
    return [number.value for number in numbers(text, language)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [("4至6万", 4e4, 6e4), ("3-5亿元", 3e8, 5e8), ("300万到500万", 3e6, 5e6), ("3%至5%", 3, 5)],
)
def test_a_chinese_range_shares_its_unit(text, first, second):
    low, high = numbers(text, "zh")
    assert first in low.readings()
    assert second in high.readings()


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [("4 to 6 million", 4e6, 6e6), ("$4-6 billion", 4e9, 6e9), ("3-5%", 0.03, 0.05),
     ("2019–20", 2019, 2020)],
)  # fmt: skip
def test_an_english_range_shares_its_unit(text, first, second):
    low, high = numbers(text, "en")
    assert first in low.readings()
    assert second in high.readings()


@pytest.mark.parametrize(
    ("text", "language"),
    [("3千米", "zh"), ("3千克", "zh"), ("3千瓦", "zh"), ("3兆瓦", "zh"), ("3百分点", "zh")],
)
def test_a_unit_is_no_multiplier(text, language):
    assert values(text, language) == [3]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("十六进制", "zh"),
        ("十分重要", "zh"),
        ("他们一起统一思想", "zh"),
        ("四川的三明治", "zh"),
        ("数百万人", "zh"),
        ("二三线城市", "zh"),
        ("十四五规划", "zh"),
        ("5G和COVID-19", "zh"),
        ("G20, COVID-19, 5G", "en"),
        ("version 3.11.2", "en"),
        ("several hundred people, hundreds of millions", "en"),
        ("one of the first", "en"),
        ("it may march on", "en"),
    ],
)
def test_what_may_be_a_word_or_name_is_not_sure(text, language):
    assert not [number for number in numbers(text, language) if number.sure]


@pytest.mark.parametrize(
    ("text", "language", "currency"),
    [
        ("5亿元", "zh", "CNY"),
        ("5亿美元", "zh", "USD"),
        ("5 million yuan", "en", "CNY"),
        ("US$5", "en", "USD"),
        ("5 US dollars", "en", "USD"),
        ("€5bn", "en", "EUR"),
        ("$5", "en", ""),
    ],
)
def test_currency_is_named(text, language, currency):
    (number,) = numbers(text, language)
    assert (number.kind, number.currency) == ("money", currency)


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("产量达3,500万吨。", "zh", ["3,500万"]),
        ("增长3.5%，至２０亿元", "zh", ["3.5%", "２０亿元"]),
        ("Sales rose 3.5% to $2.1 billion.", "en", ["3.5%", "$2.1 billion"]),
        ("Twenty-one of 300 plants", "en", ["Twenty-one", "300"]),
    ],
)
def test_offsets_are_those_of_the_text(text, language, written):
    assert [text[number.start : number.end] for number in numbers(text, language)] == written


def test_addresses_hold_no_numbers():
    assert numbers("See https://news.example/2019/35?n=7 or a5@news.example", "en") == ()


def test_neighbouring_number_words_are_not_summed():
    assert values("the only one five-star hotel", "en") == [1, 5]
    assert values("between three and five plants", "en") == [3, 5]


def test_unknown_languages_are_refused():
    with pytest.raises(KeyError):
        numbers("5", "xx")


ZH = st.text(
    alphabet="0123456789.,，%零一二两三十百千万亿兆半成倍番点分之年月日第数几多 -至元A", max_size=25
)
WORDS = [
    *("1", "20", ".5", "1,000", "and", "a", "half", "third", "three", "twenty", "one", "hundred"),
    *(
        "million",
        "dozen",
        "and a half",
        "%",
        "percent",
        "times",
        "p.m.",
        "May",
        "$",
        "to",
        "-",
        "s",
    ),
]
EN = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)


@pytest.mark.parametrize(("language", "texts"), [("zh", ZH), ("en", EN)])
def test_numbers_stand_in_order_within_the_text(language, texts):
    @given(text=texts)
    def hold(text):
        found = numbers(text, language)
        for number in found:
            assert 0 <= number.start < number.end <= len(text)
        assert [each.start for each in found] == sorted(each.start for each in found)

    hold()


@pytest.mark.parametrize(
    "text", ["9" * 400, "1" + "万亿" * 200, "翻" + "9" * 30 + "番", "1." + "0" * 400]
)
def test_absurd_numbers_do_no_harm(text):
    assert all(number.value < 1e18 for number in numbers(text, "zh"))
