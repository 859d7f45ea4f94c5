"""A page as passages: all its text and pictures, in reading order, before any choice.

Every extraction path works on these, so that headings, lists, quotes, tables and pictures come
out alike whoever found the body.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from yibao.article import BlockKind, Figure
from yibao.sources.images import figure_of
from yibao.text.typography import HAN

MAX_DEPTH = 200
MAX_COLUMNS = 40
LONG_CELL = 250
SKIPPED = frozenset(
    "head script style noscript template svg iframe object embed button select textarea"  # noqa: SIM905  # names
    " input"
    " map audio video canvas dialog".split()
)
BLOCKS = frozenset(
    "address"  # noqa: SIM905  # names
    " article aside blockquote body center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody"
    " td tfoot th thead tr ul caption".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = frozenset({"b", "strong"})
BREAK = "\u2028"
WIDE = rf"{HAN}\u3000-\u303f\uff00-\uffef"
SPACE_IN_HAN = re.compile(rf"(?<=[{WIDE}])[\r\n][ \t\r\n]*(?=[{WIDE}])")
SPACES = re.compile(r"[\s\u200b\ufeff\u00ad]+")
INDENT = re.compile(r"^[\u3000\u2003\xa0]")
ENDED = re.compile(r"""[.!?:;。！？：；…][”’"'」』）)]*$""")
CENTRED_STYLE = re.compile(r"text-align:\s*center", re.IGNORECASE)
HIDDEN_STYLE = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
BOLD_STYLE = re.compile(r"font-weight:\s*(bold|[6-9]00)", re.IGNORECASE)
# Below this many characters a line that a <br> ends was ended on purpose.
WRAPPED_HAN, WRAPPED = 20, 45


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One passage; two passages are the same only if they are one object.

    Attributes:
        kind: what the page marks it as.
        text: its text; of a table all cells.
        tag: the element it stands in.
        level: of a heading, 1 to 6.
        figure: of a picture, address and alternative text.
        caption: whether the page marks it as a caption.
        rows, header: of a table.
        linked: share of the text inside links, 0 to 1.
        bold: whether all of it is bold.
        centred: whether it is centred.
        hidden: whether the page hides it: comment boxes, or an article behind "read more".
    """

    kind: BlockKind
    text: str
    tag: Tag
    level: int = 2
    figure: Figure | None = None
    caption: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False
    linked: float = 0.0
    bold: bool = False
    centred: bool = False
    hidden: bool = False


def parse(html: str) -> BeautifulSoup:
    """The page's tree. Text only: Beautiful Soup loses pages whose bytes are mislabelled."""
    return BeautifulSoup(html.replace("\0", ""), "lxml")


def clean(text: str) -> str:
    """The text with single spaces, and no line break between two Han characters."""
    return SPACES.sub(" ", SPACE_IN_HAN.sub("", text)).strip()


def text_of(tag: Tag) -> str:
    """An element's text in one line."""
    return clean(tag.get_text(" " if tag.find(["br", "p", "div", "li"]) else ""))


def passages(root: Tag, url: str) -> list[Passage]:
    """All passages below an element, in reading order.

    Args:
        root: the element.
        url: the page's address, for the addresses of its pictures.
    """
    reader = _Reader(url)
    reader.read(root, _Context())
    reader.flush(root, _Context())
    return reader.found


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around say of a passage."""

    kind: BlockKind = "paragraph"
    level: int = 2
    bold: bool = False
    linked: bool = False
    centred: bool = False
    caption: bool = False
    hidden: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    bold: bool
    linked: bool


class _Reader:
    """Walks the tree; gathers text between the borders of blocks."""

    def __init__(self, url: str) -> None:
        self.found: list[Passage] = []
        self._url = url
        self._runs: list[_Run] = []
        self._pictures: list[Passage] = []

    def read(self, tag: Tag, context: _Context) -> None:
        for child in tag.children:
            if isinstance(child, Tag):
                self._element(child, context)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._runs.append(_Run(str(child), context.bold, context.linked))

    def flush(self, tag: Tag, context: _Context) -> None:
        """End the passage that stands in `tag`."""
        runs, self._runs = self._runs, []
        whole = context.kind == "heading" or context.caption
        for line in _lines(runs, whole=whole):
            text = clean("".join(run.text for run in line))
            if text:
                self.found.append(_passage(text, line, tag, context))
        self.found += self._pictures
        self._pictures = []

    def _element(self, tag: Tag, context: _Context) -> None:
        name = tag.name
        if name in SKIPPED or tag.has_attr("hidden"):
            return
        if context.depth > MAX_DEPTH:
            self._runs.append(_Run(tag.get_text(" "), context.bold, context.linked))
        elif name == "br":
            self._runs.append(_Run(BREAK, bold=False, linked=False))
        elif name == "img":
            self._picture(tag, context)
        elif name == "table" and (rows := _data_rows(tag)):
            self._table(tag, context, rows)
        elif name in BLOCKS:
            self._block(tag, context)
        else:
            self.read(tag, _inner(tag, context))

    def _block(self, tag: Tag, context: _Context) -> None:
        outer = tag.parent if isinstance(tag.parent, Tag) else tag
        self.flush(outer, context)
        inner = _inner(tag, context)
        self.read(tag, inner)
        self.flush(tag, inner)

    def _picture(self, tag: Tag, context: _Context) -> None:
        figure = figure_of(tag, self._url)
        if figure is None:
            return
        passage = Passage("figure", "", tag, figure=figure, hidden=context.hidden)
        if any(run.text.strip() for run in self._runs):
            self._pictures.append(passage)
        else:
            self.found.append(passage)

    def _table(self, tag: Tag, context: _Context, rows: tuple[tuple[str, ...], ...]) -> None:
        outer = tag.parent if isinstance(tag.parent, Tag) else tag
        self.flush(outer, context)
        first = tag.find("tr")
        header = isinstance(first, Tag) and first.find("td") is None
        text = " ".join(cell for row in rows for cell in row if cell)
        linked = sum(len(text_of(link)) for link in tag.find_all("a")) / max(1, len(text))
        self.found.append(
            Passage(
                "table",
                text,
                tag,
                rows=rows,
                header=header,
                linked=linked,
                hidden=context.hidden,
            )
        )


def _passage(text: str, runs: Sequence[_Run], tag: Tag, context: _Context) -> Passage:
    visible = [run for run in runs if run.text.strip()]
    linked = sum(len(run.text.strip()) for run in visible if run.linked)
    return Passage(
        kind=context.kind,
        text=text,
        tag=tag,
        level=context.level,
        caption=context.caption,
        linked=min(1.0, linked / len(text)),
        bold=all(run.bold for run in visible),
        centred=context.centred,
        hidden=context.hidden,
    )


def _inner(tag: Tag, context: _Context) -> _Context:
    """The context inside an element."""
    name, style = tag.name, str(tag.get("style") or "")
    inner = replace(
        context,
        depth=context.depth + 1,
        bold=context.bold or name in BOLD or bool(BOLD_STYLE.search(style)),
        linked=context.linked or name == "a",
        hidden=context.hidden or bool(HIDDEN_STYLE.search(style)),
    )
    if name in BLOCKS or name == "font":
        inner = replace(inner, centred=context.centred or _centred(tag, style))
    if name in HEADINGS:
        return replace(inner, kind="heading", level=HEADINGS[name])
    if name in {"figcaption", "caption"}:
        return replace(inner, caption=True)
    if name == "li":
        return replace(inner, kind="list_item")
    if name == "blockquote":
        return replace(inner, kind="quote")
    return inner


def _centred(tag: Tag, style: str) -> bool:
    return (
        tag.name == "center"
        or str(tag.get("align") or "").lower() == "center"
        or bool(CENTRED_STYLE.search(style))
    )


def _lines(runs: Sequence[_Run], *, whole: bool) -> Iterator[list[_Run]]:
    """The runs of each line that stands for itself.

    Two breaks in a row end a paragraph. One does, unless the line looks wrapped: long, not
    ended, and the next one not indented.
    """
    line: list[_Run] = []
    breaks = 0
    for run in runs:
        if run.text == BREAK:
            breaks += 1
        elif not run.text.strip("\t\r\n "):
            if not breaks:
                line.append(run)
        else:
            if breaks and line:
                if whole or (breaks == 1 and _wrapped(line, run)):
                    line.append(_Run(_joint(line, run), bold=False, linked=False))
                else:
                    yield line
                    line = []
            breaks = 0
            line.append(run)
    if line:
        yield line


def _wrapped(line: Sequence[_Run], following: _Run) -> bool:
    text = clean("".join(run.text for run in line))
    if ENDED.search(text) or INDENT.match(following.text.lstrip("\t\r\n ")):
        return False
    enough = WRAPPED_HAN if re.search(rf"[{WIDE}]$", text) else WRAPPED
    return len(text) >= enough and line[-1].bold == following.bold


def _joint(line: Sequence[_Run], following: _Run) -> str:
    edge = line[-1].text.rstrip()[-1:] + following.text.lstrip()[:1]
    return "" if re.fullmatch(rf"[{WIDE}]{{2}}", edge) else " "


def _data_rows(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The cells of a table of data; empty for one that only lays out the page."""
    if table.find("table") is not None:
        return ()
    rows: list[list[str]] = []
    spans: dict[int, int] = {}
    for row in table.find_all("tr"):
        cells = row.find_all(["td", "th"], recursive=False)
        rows.append(_row(cells, spans))
    width = max((len(row) for row in rows), default=0)
    longest = max((len(cell) for row in rows for cell in row), default=0)
    filled = sum(bool(cell) for row in rows for cell in row)
    if len(rows) < 2 or width < 2 or longest > LONG_CELL or filled < 4:  # noqa: PLR2004  # 2 x 2
        return ()
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows if any(row))


def _row(cells: Sequence[Tag], spans: dict[int, int]) -> list[str]:
    """A row's cells, with an empty one wherever another cell reaches in.

    Args:
        cells: the row's own cells.
        spans: column to the number of further rows that a cell above reaches down; updated.
    """
    row: list[str] = []
    for cell in cells:
        _reach(row, spans)
        wide = min(_number(cell, "colspan"), MAX_COLUMNS)
        below = _number(cell, "rowspan") - 1
        for place in range(wide):
            if below > 0:
                spans[len(row)] = below
            row.append("" if place else text_of(cell))
    _reach(row, spans)
    return row[:MAX_COLUMNS]


def _reach(row: list[str], spans: dict[int, int]) -> None:
    while spans.get(len(row), 0) > 0:
        spans[len(row)] -= 1
        row.append("")


def _number(cell: Tag, attribute: str) -> int:
    given = str(cell.get(attribute) or "")
    return max(1, int(given)) if given.isdecimal() and len(given) < 4 else 1  # noqa: PLR2004  # < 1000
