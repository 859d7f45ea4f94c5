"""An entry's text as feeds and pages carry it: body, notes, credit, summary.

Everything is made of escaped text; what leaves for feeds passes nh3's allow-list besides, so that
no mistake made here can ever put markup of a source into a partner's page.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import nh3

from yibao.article import Block, Figure
from yibao.feeds.entry import Entry
from yibao.feeds.excerpt import excerpt
from yibao.feeds.labels import Labels, labels
from yibao.feeds.markup import NOTHING, Html, element, filled, joined
from yibao.feeds.notes import corrections, withdrawal
from yibao.feeds.script import marked
from yibao.languages import language

ALLOWED = {
    "a": {"href", "hreflang", "lang"},
    "blockquote": set[str](),
    "figcaption": set(),
    "figure": set(),
    "h2": set(),
    "h3": set(),
    "h4": set(),
    "hr": set(),
    "img": {"src", "alt"},
    "li": set(),
    "p": set(),
    "small": set(),
    "span": {"lang"},
    "strong": set(),
    "table": set(),
    "tbody": set(),
    "td": set(),
    "th": {"scope"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
REMEMBERED = 512  # entries; the largest feed has 500, and each is written in several formats
CLOSING = tuple("。！？…”’」』》）.!?")
SUMMARY_LENGTH = {True: 280, False: 110}  # characters, by whether the language has spaces


@lru_cache(REMEMBERED)
def feed_body(entry: Entry, zone: ZoneInfo) -> str:
    """The whole entry as one fragment: note, text, credit; the notice if it is withdrawn."""
    whole = joined(
        notes(entry, zone),
        *(() if entry.withdrawn else (story(entry), element("hr"))),
        *(element("p", element("small", line)) for line in credit_lines(entry)),
    )
    return nh3.clean(
        whole,
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes={"http", "https"},
        link_rel=None,
    )


def headline(entry: Entry) -> str:
    """The title; one that says so if the entry is withdrawn."""
    title = entry.article.title
    if entry.withdrawn:
        return labels(entry.language).withdrawn_title.format(title=title)
    return title


@lru_cache(REMEMBERED)
def summary(entry: Entry) -> str:
    """A plain text of one or two sentences: the standfirst, else the start of the text."""
    if entry.withdrawn:
        return labels(entry.language).withdrawn_text
    paragraphs = (b.text for b in entry.article.blocks if b.kind == "paragraph" and b.text)
    text = " ".join((entry.article.summary or next(paragraphs, "")).split())
    limit = SUMMARY_LENGTH[language(entry.language).spaced]
    return excerpt(text, entry.language, limit)


def pictures(entry: Entry) -> tuple[Figure, ...]:
    """The figures that have a picture; none of a withdrawn entry."""
    if entry.withdrawn:
        return ()
    return tuple(figure for figure in entry.article.figures if figure.image)


def authors(entry: Entry) -> tuple[str, ...]:
    """Who wrote it: the named authors, else the organ."""
    return entry.article.authors or (source_name(entry),)


def source_name(entry: Entry) -> str:
    """The organ; its host where it is not named."""
    return entry.source_name or entry.article.source or (urlsplit(entry.source_url).hostname or "")


def notes(entry: Entry, zone: ZoneInfo) -> Html:
    """What readers must know before the text; nothing if there is nothing to say.

    A withdrawal gives the house's notice and then the reason, if one is given; corrections are a
    list where there are several.
    """
    words = labels(entry.language)
    reason = withdrawal(entry, zone)
    day = words.day(entry.updated.astimezone(zone))
    lines = [
        joined(_head(words.correction.format(date=words.day(note.day)), words), note.text)
        for note in corrections(entry, zone)
    ]
    several = len(lines) > 1
    return joined(
        element("p", _head(words.withdrawn.format(date=day), words), words.withdrawn_text)
        if entry.withdrawn
        else None,
        element("p", reason) if reason else None,
        element("ul", *(element("li", line) for line in lines)) if several else None,
        *(() if several else (element("p", line) for line in lines)),
    )


def credit_lines(entry: Entry) -> list[Html]:
    """Where the text comes from and who made it, a line each; what a partner must carry."""
    words = labels(entry.language)
    tag = language(entry.source_language).tag
    title = entry.source_title or entry.source_url
    origin = element("a", title, href=entry.source_url, lang=tag, hreflang=tag)
    published = entry.original_published
    remarks = [of_source(source_name(entry), entry)]
    remarks += [joined(words.day(published))] if published else []
    source = joined(
        words.original, words.colon, origin, _aside(_list(remarks, words.comma), entry.language)
    )
    if entry.withdrawn:
        return [source]
    photos = dict.fromkeys(figure.credit for figure in pictures(entry) if figure.credit)
    lines = [
        joined(_translation(entry, words), words.stop, source),
        _labelled(words.authors, _listed(entry.article.authors, entry), words),
        _labelled(words.photo, _listed(photos, entry), words),
        _labelled(words.rights, of_source(entry.article.rights, entry), words),
        joined(words.machine_assisted, words.stop.strip()) if entry.machine_assisted else NOTHING,
    ]
    return [line for line in lines if line]


def of_source(text: str, entry: Entry) -> Html:
    """A name or line of the source, marked with its language if that is another."""
    return marked(text, entry.language, entry.source_language)


def bylines(entry: Entry) -> Html:
    """The named authors, as a page's byline has them."""
    return _listed(entry.article.authors, entry)


def story(entry: Entry) -> Html:
    """The blocks of the text, list items gathered into lists."""
    parts: list[Html] = []
    for kind, run in groupby(entry.article.blocks, key=lambda block: block.kind):
        blocks = [block for block in run if block.text or block.rows or block.figure]
        if kind == "list_item" and blocks:
            parts.append(element("ul", *(element("li", block.text) for block in blocks)))
        else:
            parts.extend(_block(block, entry) for block in blocks)
    return joined(*parts)


def _block(block: Block, entry: Entry) -> Html:
    if block.figure is not None:
        return _figure(block.figure, entry)
    if block.kind == "table":
        return _table(block)
    if block.kind == "heading":
        return element(f"h{min(max(block.level, 2), 4)}", block.text)
    if block.kind == "quote":
        return element("blockquote", element("p", block.text))
    return element("p", block.text)


def _figure(figure: Figure, entry: Entry) -> Html:
    words = labels(entry.language)
    credit = _labelled(words.photo, of_source(figure.credit, entry), words)
    caption = joined(
        figure.caption,
        _gap(figure.caption, words) if figure.caption and credit else "",
        element("small", credit) if credit else "",
    )
    if not figure.image and not figure.caption:
        return NOTHING
    return element(
        "figure",
        element("img", src=figure.image, alt=figure.alt or figure.caption, loading="lazy")
        if figure.image
        else None,
        "\n" if figure.image and caption else None,
        element("figcaption", caption) if caption else None,
    )


def _gap(caption: str, words: Labels) -> str:
    """What stands between a caption and its credit: a caption often has no full stop."""
    return words.space if words.space or caption.endswith(CLOSING) else "\u3000"


def _table(block: Block) -> Html:
    head, body = (block.rows[:1], block.rows[1:]) if block.header else ((), block.rows)
    return element(
        "table",
        *(
            element("thead", element("tr", *(element("th", c, scope="col") for c in row)))
            for row in head
        ),
        element("tbody", *(element("tr", *(element("td", c) for c in row)) for row in body))
        if body
        else None,
    )


def _translation(entry: Entry, words: Labels) -> Html:
    source = words.language_name(entry.source_language)
    line = words.translated_from if entry.translator else words.translated_from_unnamed
    named = [marked(name, entry.language) for name in entry.translators]
    translator = _list(named, words.separator)
    said = filled(line, language=source, translator=translator)
    if not entry.reviewer:
        return said
    reviewer = marked(entry.reviewer, entry.language)
    return joined(said, words.clause, filled(words.reviewed_by, reviewer=reviewer))


def _listed(names: Iterable[str], entry: Entry) -> Html:
    words = labels(entry.language)
    return _list([of_source(name, entry) for name in names], words.separator)


def _list(pieces: Sequence[Html], separator: str) -> Html:
    return Html(str(joined(separator)).join(pieces))


def _labelled(label: str, value: Html, words: Labels) -> Html:
    return joined(label, words.colon, value) if value else NOTHING


def _head(text: str, words: Labels) -> Html:
    return joined(element("strong", text + words.colon.strip()), words.space)


def _aside(text: Html, code: str) -> Html:
    return joined(" (", text, ")") if language(code).spaced else joined("（", text, "）")
