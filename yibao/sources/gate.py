"""The gate: is what was extracted an article, and in the language it should be?"""

import re
from collections.abc import Sequence

from yibao.errors import NotAnArticle
from yibao.languages import LANGUAGES
from yibao.sources.passages import Passage
from yibao.text.typography import HAN

SCRIPTS = {
    "zh": re.compile(f"[{HAN}]"),
    "ja": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
LETTERS = re.compile(r"[^\W\d_]")
MISSING = re.compile(
    r"\b404\b|page (?:was |could )?not (?:be )?found|"
    r"(?:页面|网页|文章|内容|信息)(?:不存在|已(?:被)?删除|未找到|找不到|走丢)"
    r"|(?:找不到|没有找到|无法找到)(?:该|您|此|相关)?.{0,8}(?:页|文章|内容)|the requested url",
    re.IGNORECASE,
)
# A Latin letter says less than a Han character: about four to one.
SMALLEST = {"zh": 40, "ja": 40}
SMALLEST_SPACED = 140
SHORT_PAGE = 400
MIXED = 0.15
SAME_SCRIPT = 0.4
LIST_SHARE = 0.5
LIST_ENTRIES = 4
# A date may stand beside a link.
LINK = 0.6


def check_article(
    url: str, title: str, body: Sequence[Passage], page: Sequence[Passage], language: str
) -> None:
    """Refuse what is no article.

    Args:
        url: for the error.
        title: the headline found.
        body: the passages found to be the article.
        page: all passages of the page.
        language: what it should be written in.

    Raises:
        NotAnArticle: no body, an error page, a list of articles, no headline, or another
            language.
    """
    text = " ".join(each.text for each in body)
    if MISSING.search(title) or (len(text) < SHORT_PAGE and MISSING.search(text)):
        raise NotAnArticle(url, "the page says that it does not exist", "Correct the address.")
    _check_language(url, text or " ".join(each.text for each in page), language)
    letters = len(LETTERS.findall(text))
    short = letters < SMALLEST.get(language, SMALLEST_SPACED)
    if is_list(page if short else body, page):
        raise NotAnArticle(
            url, "it is a list of articles", "Name it as the source's `list` to read its articles."
        )
    if short:
        raise NotAnArticle(url, f"only {letters} letters of running text")
    if not title:
        raise NotAnArticle(url, "it has no headline")


def guess_language(text: str, declared: str) -> str:
    """The language of a text, by its script; `declared` where the script does not tell."""
    letters = LETTERS.findall(text)
    for code in ("ru", "zh"):
        if letters and len(SCRIPTS[code].findall(text)) > SAME_SCRIPT * len(letters):
            return "ja" if code == "zh" and _kana(text, len(letters)) else code
    scripted = declared in SCRIPTS
    return declared if declared in LANGUAGES and not scripted else "en"


def is_list(body: Sequence[Passage], page: Sequence[Passage]) -> bool:
    """Whether what looks like a body is entries of a list: links, or teasers below links."""
    texts = [each for each in body if each.text and each.kind != "table"]
    places = {id(each): place for place, each in enumerate(page)}
    entries: list[Passage] = []
    for each in texts:
        place = places.get(id(each), 0)
        above = page[place - 1] if place else None
        teaser = above is not None and above.linked >= LINK and len(above.text) >= 8  # noqa: PLR2004  # a headline
        if each.linked >= LINK or teaser:
            entries.append(each)
    letters = sum(len(each.text) for each in texts)
    return (
        len(entries) >= LIST_ENTRIES
        and sum(len(each.text) for each in entries) >= LIST_SHARE * letters
    )


def _check_language(url: str, text: str, language: str) -> None:
    letters = len(LETTERS.findall(text))
    if not letters:
        return
    script = SCRIPTS.get(language, LATIN)
    if len(script.findall(text)) < MIXED * letters:
        name = LANGUAGES[language].name if language in LANGUAGES else language
        raise NotAnArticle(
            url,
            f"its text is not {name}, as the source says",
            "Correct the source's `language`, or the address.",
        )


def _kana(text: str, letters: int) -> bool:
    return len(re.findall(r"[\u3040-\u30ff]", text)) > 0.1 * letters  # a tenth
