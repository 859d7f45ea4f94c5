"""An article as segments, and segments as an article again.

A segment is the unit of translation and review: a headline, a sentence of a paragraph, a
caption, a table cell. Its key names its place ("title", "b004.s02", "b007.caption.s01",
"b009.r02.c01.s01"; counted from one), so that an article is put together again from nothing
but its source and a text for every key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, takewhile
from typing import Literal

from yibao.article import Article, Block
from yibao.errors import YibaoError
from yibao.languages import language
from yibao.text.sentences import split_sentences

Role = Literal[
    "title", "summary", "heading", "paragraph", "list_item", "quote", "caption", "alt", "cell"
]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an article's text.

    Attributes:
        key: its place in the article, unique there.
        role: what it is there.
        text: the text, one sentence where the role has sentences.
    """

    key: str
    role: Role
    text: str


def segments(article: Article) -> tuple[Segment, ...]:
    """All segments of an article, in reading order."""
    return tuple(_segments(article))


def assemble(article: Article, texts: Mapping[str, str], to: str) -> Article:
    """The article in language `to`, from a text for every segment key of the source.

    Url, source, authors, times and rights stay as they are; the section is left out, since it
    names the source's own pages.

    Raises:
        YibaoError: a segment has no text.
    """
    joined = _Joined(article.url, language(to).joiner, texts)
    return replace(
        article,
        language=to,
        title=joined.whole("title", article.title),
        summary=joined.whole("summary", article.summary),
        section=(),
        blocks=tuple(
            _assembled(f"b{number:03}", block, joined)
            for number, block in enumerate(article.blocks, 1)
        ),
    )


def _segments(article: Article) -> Iterator[Segment]:
    yield from _whole("title", "title", article.title)
    yield from _whole("summary", "summary", article.summary)
    for number, block in enumerate(article.blocks, 1):
        yield from _block_segments(f"b{number:03}", block, article.language)


def _block_segments(key: str, block: Block, code: str) -> Iterator[Segment]:
    if block.figure is not None:
        yield from _sentences(f"{key}.caption", "caption", block.figure.caption, code)
        yield from _whole(f"{key}.alt", "alt", block.figure.alt)
    elif block.kind == "table":
        for place, cell in _cells(key, block):
            yield from _sentences(place, "cell", cell, code)
    elif block.kind == "heading":
        yield from _whole(key, "heading", block.text)
    elif block.kind != "figure":
        yield from _sentences(key, block.kind, block.text, code)


def _whole(key: str, role: Role, text: str) -> Iterator[Segment]:
    if text.strip():
        yield Segment(key, role, text)


def _sentences(key: str, role: Role, text: str, code: str) -> Iterator[Segment]:
    for number, sentence in enumerate(split_sentences(text, code), 1):
        yield Segment(f"{key}.s{number:02}", role, sentence)


def _cells(key: str, block: Block) -> Iterator[tuple[str, str]]:
    for row_number, row in enumerate(block.rows, 1):
        for column_number, cell in enumerate(row, 1):
            yield f"{key}.r{row_number:02}.c{column_number:02}", cell


@dataclass(frozen=True, slots=True)
class _Joined:
    """Target texts, looked up and joined by place.

    What was split is read from the keys, not from splitting again: a text that was segmented by
    an older splitter still comes together.
    """

    url: str
    joiner: str
    texts: Mapping[str, str]

    def whole(self, key: str, source: str) -> str:
        if not source.strip():
            return source
        if key not in self.texts:
            raise YibaoError(self.url, f"segment {key} has no text")
        return self.texts[key]

    def sentences(self, key: str, source: str) -> str:
        if not source.strip():
            return source
        numbered = (f"{key}.s{number:02}" for number in count(1))
        parts = [self.texts[each] for each in takewhile(self.texts.__contains__, numbered)]
        if not parts:
            raise YibaoError(self.url, f"segment {key} has no text")
        return self.joiner.join(parts)


def _assembled(key: str, block: Block, joined: _Joined) -> Block:
    if block.figure is not None:
        figure = replace(
            block.figure,
            caption=joined.sentences(f"{key}.caption", block.figure.caption),
            alt=joined.whole(f"{key}.alt", block.figure.alt),
        )
        return replace(block, figure=figure)
    if block.kind == "table":
        cells = {place: joined.sentences(place, cell) for place, cell in _cells(key, block)}
        rows = tuple(
            tuple(cells[f"{key}.r{r:02}.c{c:02}"] for c, _ in enumerate(row, 1))
            for r, row in enumerate(block.rows, 1)
        )
        return replace(block, rows=rows)
    if block.kind == "heading":
        return replace(block, text=joined.whole(key, block.text))
    return replace(block, text=joined.sentences(key, block.text))
