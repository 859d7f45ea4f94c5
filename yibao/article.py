"""The article: the value that every stage of the house passes on.

Frozen and hashable; `to_record` and `from_record` are its JSON form, in which empty fields are
left out, so that a field added later changes no older record and no older digest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self, get_args

BlockKind = Literal["heading", "paragraph", "list_item", "quote", "table", "figure"]
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
DIGEST_VERSION = "1"
SUBHEAD = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: where it is, what it shows, whose it is."""

    image: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the body, in reading order.

    Attributes:
        kind: what it is; `figure` has `figure`, `table` has `rows`, all others have `text`.
        text: plain text, without line breaks inside a sentence.
        level: of a heading: 2 for a subhead, 3 for one below it.
        rows: of a table: its cells, row by row; the first row may be the header.
        header: of a table: whether the first row is a header.
    """

    kind: BlockKind
    text: str = ""
    level: int = SUBHEAD
    figure: Figure | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its source published it, or its translation.

    Attributes:
        url: where it was found, absolute.
        language: code of the body's language.
        title: headline, without the site's name.
        blocks: the body in reading order, figures in their place.
        section: breadcrumb, outermost first, without "home" and "article".
        source: the organ it came from (来源), as the page names it.
        authors: who wrote it (记者, 作者, By …); never the editor.
        editors: 责任编辑 and the like.
        published: first publication, with zone.
        modified: last change that the page itself states, with zone.
        summary: the page's own standfirst or description.
        rights: the page's copyright line.
        canonical: the address that the page declares as its own.
    """

    url: str
    language: str
    title: str
    blocks: tuple[Block, ...]
    section: tuple[str, ...] = ()
    source: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    summary: str = ""
    rights: str = ""
    canonical: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures, in reading order."""
        return tuple(block.figure for block in self.blocks if block.figure is not None)

    @property
    def text(self) -> str:
        """The body as plain text, a block a line; figures give their captions."""
        return "\n".join(filter(None, map(_block_text, self.blocks)))

    @property
    def digest(self) -> str:
        """SHA-256 of the content, in hexadecimal after a version digit.

        The address is not content: the same article found at two addresses has one digest.
        """
        record = self.to_record()
        del record["url"]
        record.pop("canonical", None)
        canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return DIGEST_VERSION + hashlib.sha256(canonical.encode()).hexdigest()

    def to_record(self) -> dict[str, Any]:
        """The article as JSON-able values; empty fields are left out.

        `figures` repeats caption and credit of the figures that stand among the blocks, for
        readers who want only those.
        """
        record: dict[str, Any] = {
            "url": self.url,
            "language": self.language,
            "title": self.title,
            "section": list(self.section),
            "source": self.source,
            "authors": list(self.authors),
            "editors": list(self.editors),
            "published": self.published.isoformat() if self.published else "",
            "modified": self.modified.isoformat() if self.modified else "",
            "summary": self.summary,
            "figures": [_filled(caption=f.caption, credit=f.credit) for f in self.figures],
            "blocks": [_block_record(block) for block in self.blocks],
            "rights": self.rights,
            "canonical": self.canonical,
        }
        kept = {"url", "language", "title", "blocks"}
        return {key: value for key, value in record.items() if value or key in kept}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The article of a record that `to_record` made.

        Raises:
            KeyError, TypeError, ValueError: the record was not made by `to_record`.
        """
        return cls(
            url=record["url"],
            language=record["language"],
            title=record["title"],
            blocks=tuple(_block(each) for each in record["blocks"]),
            section=tuple(record.get("section", ())),
            source=record.get("source", ""),
            authors=tuple(record.get("authors", ())),
            editors=tuple(record.get("editors", ())),
            published=_time(record.get("published")),
            modified=_time(record.get("modified")),
            summary=record.get("summary", ""),
            rights=record.get("rights", ""),
            canonical=record.get("canonical", ""),
        )


def _block_text(block: Block) -> str:
    if block.figure is not None:
        return block.figure.caption
    if block.rows:
        return "\n".join("\t".join(row) for row in block.rows)
    return block.text


def _block_record(block: Block) -> dict[str, Any]:
    if block.figure is not None:
        figure = block.figure
        return {
            "kind": "figure",
            **_filled(
                image=figure.image, alt=figure.alt, caption=figure.caption, credit=figure.credit
            ),
        }
    record: dict[str, Any] = {"kind": block.kind}
    if block.kind == "table":
        record["rows"] = [list(row) for row in block.rows]
        if block.header:
            record["header"] = True
    else:
        record["text"] = block.text
    if block.level != SUBHEAD:
        record["level"] = block.level
    return record


def _block(record: Mapping[str, Any]) -> Block:
    kind = record["kind"]
    if kind not in BLOCK_KINDS:
        raise ValueError(f"unknown kind of block: {kind!r}")
    if kind == "figure":
        parts = {key: record.get(key, "") for key in ("image", "alt", "caption", "credit")}
        return Block("figure", figure=Figure(**parts))
    if kind == "table":
        rows = tuple(tuple(row) for row in record["rows"])
        return Block("table", rows=rows, header=record.get("header", False))
    return Block(kind, record["text"], level=record.get("level", SUBHEAD))


def _filled(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
