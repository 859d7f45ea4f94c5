"""Putting a term into a finished sentence so that the sentence can still be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yibao.glossary import Span
from yibao.languages import language

MOST_WORDS = 3
MOST_CHARACTERS = 6
"""What a term may stand in place of at most, where attention names more."""

_WORD = re.compile(r"[\w'’-]+")
_LAST_WORD = re.compile(r"([\w'’-]+)\s*\Z")
_FIRST_WORD = re.compile(r"\s*([\w'’-]+)")
_ARTICLES = frozenset({"a", "an", "the"})
_VOWELS = tuple("aeiouAEIOU")
_OPENING_MARKS = "([“‘\"'/-"


@dataclass(frozen=True, slots=True)
class Edit:
    """A term to put in.

    Attributes:
        span: what it stands in place of; an empty one is a place between two words.
        form: the term.
        opening: the term as a sentence begins with it.
    """

    span: Span
    form: str
    opening: str


def place(text: str, located: Span, taken: Sequence[Span], code: str) -> Span:
    """The words that a term may stand in place of, near where attention located it.

    Whole words where the language has them, only a few, and none that another term has: if they
    are another's, it is the place after that term.
    """
    span = _few_words(text, located) if language(code).spaced else _few_characters(located)
    while others := [each for each in taken if _overlap(span, each)]:
        span = Span(others[0].end, others[0].end)
    return span


def splice(text: str, edits: Sequence[Edit], code: str) -> str:
    """The text with every edit made; words that would then stand twice stand once."""
    join = _join_words if language(code).spaced else _join_characters
    order = sorted(range(len(edits)), key=lambda i: (edits[i].span.start, i), reverse=True)
    for edit in (edits[i] for i in order):
        before, after = text[: edit.span.start], text[edit.span.end :]
        text = join(before, edit.form if before.strip() else edit.opening, after)
    return text


def _few_words(text: str, located: Span) -> Span:
    start, end = located
    while 0 < start < len(text) and _in_word(text, start):
        start -= 1
    if located.start == located.end:
        return Span(start, start)
    while end < len(text) and _in_word(text, end):
        end += 1
    words = list(_WORD.finditer(text, start, end))
    return Span(start, words[MOST_WORDS - 1].end()) if len(words) > MOST_WORDS else Span(start, end)


def _in_word(text: str, at: int) -> bool:
    return bool(_WORD.fullmatch(text[at - 1 : at + 1]))


def _few_characters(located: Span) -> Span:
    return Span(located.start, min(located.end, located.start + MOST_CHARACTERS))


def _overlap(span: Span, other: Span) -> bool:
    if span.start == span.end:
        return other.start <= span.start < other.end
    if other.start == other.end:
        return span.start < other.start < span.end
    return span.start < other.end and other.start < span.end


def _join_words(before: str, form: str, after: str) -> str:
    first, last = form.split(maxsplit=1)[0].casefold(), form.rsplit(maxsplit=1)[-1].casefold()
    neighbour = _LAST_WORD.search(before)
    if neighbour and neighbour[1].casefold() == first:
        before = before[: neighbour.start()]
    elif neighbour and neighbour[1].casefold() in _ARTICLES:
        before = before[: neighbour.start()] + _article(neighbour[1], form)
    neighbour = _FIRST_WORD.match(after)
    if neighbour and neighbour[1].casefold() == last:
        after = after[neighbour.end() :]
    gap = " " if before and not before[-1].isspace() and before[-1] not in _OPENING_MARKS else ""
    return before + gap + form + (" " if after[:1].isalnum() else "") + after


def _article(article: str, form: str) -> str:
    """The article before a form: none if it brings its own, else a or an by its first letter."""
    if form.split(maxsplit=1)[0].casefold() in _ARTICLES:
        return ""
    if article.casefold() == "the":
        return article
    return article[0] + ("n" if form.startswith(_VOWELS) else "")


def _join_characters(before: str, form: str, after: str) -> str:
    for length in range(len(form), 1, -1):
        if before.endswith(form[:length]):
            before = before[:-length]
            break
    for length in range(len(form), 1, -1):
        if after.startswith(form[-length:]):
            after = after[length:]
            break
    left = " " if _runs_on(before[-1:], form[0]) else ""
    right = " " if _runs_on(form[-1], after[:1]) else ""
    return before + left + form + right + after


def _runs_on(left: str, right: str) -> bool:
    """Whether two characters would read as one word or number: 4 and 5G."""
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
