"""What every page has around its own content: head, masthead, feeds, ways to other languages.

Links between pages are relative, so that the tree reads the same under any address and from a
disk; what others quote (canonical address, alternates) is absolute.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os.path import relpath

from yibao.feeds.channel import (
    FORMAT_NAMES,
    MEDIA_TYPES,
    OPML_PATH,
    STYLE_PATH,
    Channel,
    Edition,
    Wire,
    address,
)
from yibao.feeds.labels import labels
from yibao.feeds.markup import NOTHING, Html, element, joined
from yibao.languages import Language, language


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an edition before it is laid out.

    Attributes:
        edition: whose it is.
        path: where it stands, relative to outputs/.
        title: of the window.
        main: its own content.
        head: what it adds to the head.
        alternates: the same page in other languages: path by language code.
        channel: the section's feed that it belongs to, if any.
        fallback: the page for readers of none of its languages; that of the first of them in
            newsroom.yaml if empty.
    """

    edition: Edition
    path: str
    title: str
    main: Html
    head: Html = NOTHING
    alternates: Mapping[str, str] = field(default_factory=dict)
    channel: Channel | None = None
    fallback: str = ""


def laid_out(page: Page, wire: Wire) -> bytes:
    """The page as an HTML file, UTF-8."""
    edition = page.edition
    shown = page.channel or edition.whole
    channels = (shown,) if shown is edition.whole else (shown, edition.whole)
    return document(
        edition.language,
        page.path,
        page.title,
        head=joined(
            element("link", rel="canonical", href=address(wire.house, page.path)),
            *_alternates(page, wire),
            *(link for each in channels for link in feed_links(each, page.path)),
            page.head,
        ),
        body=joined(
            element("a", labels(edition.language.code).skip, class_="skip", href="#content"),
            _masthead(page, wire),
            element("main", page.main, id="content"),
            colophon(page.path, shown),
        ),
    )


def document(spoken: Language, path: str, title: str, *, head: Html, body: Html) -> bytes:
    """A whole HTML file in a language, UTF-8."""
    document = element(
        "html",
        element(
            "head",
            meta(charset="utf-8"),
            meta(name="viewport", content="width=device-width, initial-scale=1"),
            # Many picture servers refuse a request that names another site.
            meta(name="referrer", content="no-referrer"),
            meta(name="color-scheme", content="light dark"),
            meta(name="generator", content="Yibao"),
            element("title", title),
            element("link", rel="stylesheet", href=relative(STYLE_PATH, path)),
            head,
        ),
        element("body", body),
        lang=spoken.tag,
    )
    return f"<!doctype html>\n{document}".encode()


def _masthead(page: Page, wire: Wire) -> Html:
    """The edition's name, its sections, and the way to the other languages.

    The way leads to the same article or index where there is one, else to the edition.
    """
    edition, path = page.edition, page.path
    words = labels(edition.language.code)
    sections = [
        _nav_link(_section_name(channel), relative(channel.page, path), here=channel.page == path)
        for channel in edition.sections
    ]
    others = [
        element(
            "li",
            element(
                "a",
                other.language.endonym,
                href=relative(page.alternates.get(other.language.code, other.whole.page), path),
                lang=other.language.tag,
                hreflang=other.language.tag,
            ),
        )
        for other in wire.editions.values()
        if other is not edition
    ]
    return element(
        "header",
        element("a", edition.whole.title, class_="name", href=relative(edition.whole.page, path)),
        element("nav", element("ul", *sections), aria_label=words.sections) if sections else None,
        element("nav", element("ul", *others), class_="languages", aria_label=words.languages)
        if others
        else None,
        class_="masthead",
    )


def _nav_link(text: str, href: str, *, here: bool) -> Html:
    return element(
        "li", element("a", text, href=href, **({"aria_current": "page"} if here else {}))
    )


def _section_name(channel: Channel) -> str:
    return channel.title.rpartition(" · ")[2]


def colophon(path: str, channel: Channel) -> Html:
    """The foot of a page: the feeds of its channel, and all of the house's."""
    return element(
        "footer",
        formats(channel, path),
        all_feeds(channel.language, path),
        class_="colophon",
    )


def all_feeds(spoken: Language, path: str) -> Html:
    """The way to the OPML file, in a language."""
    link = element("a", labels(spoken.code).all_feeds, href=relative(OPML_PATH, path))
    return element("p", link, lang=spoken.tag)


def formats(channel: Channel, path: str) -> Html:
    """Links to the feed in its formats."""
    words = labels(channel.language.code)
    links = [
        element("a", FORMAT_NAMES[form], href=relative(channel.path(form), path))
        for form in channel.formats
    ]
    spaced = [piece for link in links for piece in (" ", link)]
    return element("p", element("span", words.feeds), *spaced, class_="formats")


def feed_links(channel: Channel, path: str) -> list[Html]:
    """The feed in its formats, for a page's head."""
    return [
        element(
            "link",
            rel="alternate",
            type=MEDIA_TYPES[form],
            title=f"{channel.title} ({FORMAT_NAMES[form]})",
            href=relative(channel.path(form), path),
        )
        for form in channel.formats
    ]


def alternates(wire: Wire, paths: Mapping[str, str], fallback: str) -> list[Html]:
    """A page in each of its languages, for its head.

    Args:
        wire: whose it is.
        paths: by language code; itself is one of them.
        fallback: path for readers of any other language.
    """
    tagged = {language(code).tag: paths[code] for code in wire.editions if code in paths}
    return [
        element("link", rel="alternate", hreflang=tag, href=address(wire.house, path))
        for tag, path in (tagged | {"x-default": fallback}).items()
    ]


def _alternates(page: Page, wire: Wire) -> list[Html]:
    """Nothing for a page of one language; search engines ask for all or none."""
    if not page.alternates:
        return []
    paths = {**page.alternates, page.edition.language.code: page.path}
    first = next(paths[code] for code in wire.editions if code in paths)
    return alternates(wire, paths, page.fallback or first)


def meta(**attributes: str) -> Html:
    """A meta element."""
    return element("meta", **attributes)


def relative(path: str, page: str) -> str:
    """The way from a page to another file of the tree."""
    return relpath(path, page.rpartition("/")[0] or ".")
