"""A short plain text from the start of a long one, cut where a reader may stop.

Whole sentences where they fit; else at a clause, never inside a number with its unit, a Latin
word, a bracket or a quotation, and with an ellipsis that says so.
"""

import re

from yibao.languages import language
from yibao.text.sentences import split_sentences

LEAST_SHARE = 3  # a cut before a third of the limit says too little, if there is a later one
PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "【": "】",
    "〔": "〕",
    "(": ")",
    "[": "]",
    "{": "}",
    "«": "»",
}
STRAIGHT = '"'
CLAUSES = (re.compile(r"[，；,;](?=\D)"), re.compile(r"[、：:—](?=\D)"))
TRAILING = " ,;:，；：、—"
_FIGURE = (
    r"[约近超第]?(?:[\d０-９]+(?:[.,:/．，][\d０-９]+)*|[〇零一二两三四五六七八九十百千万亿]{2,})"
)
_UNIT = r"(?:[%‰％℃°]|[\u4e00-\u9fff]{1,3}|\s?[A-Za-zµ°Ω][\w/°²³·-]*)?"
UNBREAKABLE = re.compile(
    # A number with its unit and, of a range, the second one; a word of an alphabet, with what
    # hyphens and full stops join to it.
    rf"{_FIGURE}{_UNIT}(?:[至到~～–—-]{_FIGURE}{_UNIT})*"
    r"|[^\W\d_\u3400-\u9fff](?:[^\W\u3400-\u9fff]|[.'’&-](?=[^\W\u3400-\u9fff]))*"
)


def excerpt(text: str, code: str, limit: int) -> str:
    """The start of a text.

    Args:
        text: one paragraph, without line breaks.
        code: of its language.
        limit: in characters; only the marks that close an open quotation may go beyond.
    """
    if len(text) <= limit:
        return text
    spoken = language(code)
    whole = fitting = ""
    for sentence in split_sentences(text, code):
        fitting += (spoken.joiner if fitting else "") + sentence
        if len(fitting) > limit:
            break
        if not _open(fitting):
            whole = fitting
    if whole:
        return whole
    cut = _cut(text, limit, spaced=spoken.spaced)
    start = text[:cut].rstrip(TRAILING)
    closers = "".join(PAIRS.get(mark, mark) for mark in reversed(_open(start)))
    return start + ("…" if spoken.spaced else "……") + closers


def _cut(text: str, limit: int, *, spaced: bool) -> int:
    """Where to cut: outside of brackets and quotations if that leaves enough, and at a clause."""
    depths = _depths(text[:limit])
    broken = {
        place
        for found in UNBREAKABLE.finditer(text[: limit * 2])
        for place in range(found.start() + 1, found.end())
    }
    allowed = [place for place in range(1, limit + 1) if place not in broken]
    if spaced:
        allowed = [place for place in allowed if text[place].isspace()]
    clauses = [[found.end() for found in kind.finditer(text[: limit + 1])] for kind in CLAUSES]
    outside = [place for place in allowed if not depths[place]]
    for places in (outside, allowed):
        for wanted in (*clauses, places):
            good = [p for p in places if p in wanted and p >= limit // LEAST_SHARE]
            if good:
                return good[-1]
    return max(allowed, default=limit)


def _open(text: str) -> list[str]:
    """The brackets and quotation marks that are open at the end of a text, outermost first."""
    marks: list[str] = []
    for char in text:
        _mark(marks, char)
    return marks


def _depths(text: str) -> list[int]:
    """How many brackets and quotation marks are open before each character, and at the end."""
    marks: list[str] = []
    depths = [0]
    for char in text:
        _mark(marks, char)
        depths.append(len(marks))
    return depths


def _mark(marks: list[str], char: str) -> None:
    """Take account of one character; ’ is an apostrophe unless ‘ is open."""
    if (char == STRAIGHT and STRAIGHT not in marks) or char in PAIRS:
        marks.append(char)
    elif marks and char == PAIRS.get(marks[-1], marks[-1]):
        marks.pop()
