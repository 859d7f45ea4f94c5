"""A page's text -> the article on it: a site's own selectors first, then the generic rules."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, tzinfo

import htmldate
from bs4 import BeautifulSoup, Tag

from yibao.article import Article, Block
from yibao.languages import Language
from yibao.languages import language as known_language
from yibao.sources.body import generic_body, with_pictures
from yibao.sources.boilerplate import rights_line, trimmed
from yibao.sources.breadcrumb import find_section, section_of
from yibao.sources.bylines import Byline, names, parse_byline, reporters
from yibao.sources.captions import captioned
from yibao.sources.dates import day_in, parse_time
from yibao.sources.gate import check_article, guess_language
from yibao.sources.metadata import Metadata, read_metadata
from yibao.sources.passages import Passage, parse, passages, text_of
from yibao.sources.site import Site
from yibao.sources.titles import find_title
from yibao.sources.wording import bare

HEADING_HAN, HEADING_SPACED = 40, 110
HEADING_END = re.compile(r"[.!。！；;，,：:]$")
# A question of an interview, not a subhead.
SPEAKER = re.compile(r"(?:记者|主持人|[问答QA])\s*[:：]")
BYLINE_LENGTH = 260
# Two sentences: whatever stands before a colon there, it is no label.
RUNNING = re.compile(r"[。！？].*[。！？]")
POSTED = re.compile(r"(?:发表于|发布于|发表时间|发布时间)[\s:：]*(?:19|20)\d\d")
BEFORE_TITLE, AFTER_BODY = 3, 8
SUMMARY_LIKE = 0.5


def extract(
    html: str, url: str, *, language: str | None = None, site: Site | None = None, zone: tzinfo
) -> Article:
    """The article on a page.

    Args:
        html: the page, decoded.
        url: its address.
        language: what it is written in; found out if not given.
        site: what is known of the site's layout.
        zone: for times that the page gives without one.

    Raises:
        NotAnArticle: there is none, or not in that language.
        ConfigError: the language is none of ours.
    """
    return _Extraction(html, url, language, site, zone).article()


class _Extraction:
    """One page on its way to an article."""

    def __init__(
        self,
        html: str,
        url: str,
        language: str | None,
        site: Site | None,
        zone: tzinfo,
    ) -> None:
        self.html = html
        self.soup: BeautifulSoup = parse(html)
        self.url = url
        self.site = site
        self.zone = zone
        self.page = passages(self.soup, url)
        self.metadata: Metadata = read_metadata(self.soup, url, zone)
        text = " ".join(each.text for each in self.page)
        self.language = known_language(language or guess_language(text, self.metadata.language))

    def article(self) -> Article:
        selected = self._site_body()
        found = selected or generic_body(self.html, self.page, self.language.code)
        title = self._title(found)
        body = trimmed(found, title, self.zone)
        check_article(self.url, title, body, self.page, self.language.code)
        byline = self._byline(found, title)
        pictured = body if selected else with_pictures(self.page, body)
        joined = captioned(pictured, self._selected("caption"))
        blocks = _blocks(joined, self.language)
        lines = [block.text for block in blocks if block.text]
        return Article(
            url=self.url,
            language=self.language.code,
            title=title,
            blocks=blocks,
            section=self._section(title),
            source=byline.source,
            authors=byline.authors,
            editors=byline.editors,
            published=byline.published or self._dated(),
            modified=byline.modified,
            summary=_summary(self.metadata, title, lines, self.language),
            rights=self._rights(),
            canonical=self.metadata.canonical,
        )

    def _selected(self, key: str) -> list[Tag]:
        """What the site's selectors for a key find; of several, the first that finds any."""
        selectors: tuple[str, ...] = getattr(self.site, key) if self.site else ()
        for selector in selectors:
            found = self.soup.select(selector)
            if found:
                return list(found)
        return []

    def _title(self, body: Sequence[Passage]) -> str:
        for tag in self._selected("title"):
            if text := text_of(tag):
                return text
        first = next((place for place, each in enumerate(self.page) if each in body[:1]), 0)
        return find_title(self.page, first, self.metadata, self.language.code)

    def _site_body(self) -> list[Passage]:
        roots = self._selected("body")
        if not roots:
            return []
        stripped = [
            tag
            for selector in (self.site.strip if self.site else ())
            for tag in self.soup.select(selector)
        ]
        return [
            each
            for each in self.page
            if _within(each.tag, roots[:1]) and not _within(each.tag, stripped)
        ]

    def _section(self, title: str) -> tuple[str, ...]:
        for tag in self._selected("section"):
            if section := section_of(tag, title):
                return section
        found = find_section(self.soup, title)
        return found or ((self.metadata.section,) if self.metadata.section else ())

    def _rights(self) -> str:
        for tag in self._selected("rights"):
            if text := text_of(tag):
                return text
        return rights_line(self.page)

    def _byline(self, body: Sequence[Passage], title: str) -> Byline:
        """Who, where from and when: the site's selectors, structured data, then visible lines.

        The visible line tells the source better: structured data name the site itself.
        """
        seen = Byline()
        for text in self._byline_lines(body, title):
            seen = seen.filled_from(parse_byline(text, self.zone))
        told = self._told()
        more = [each for each in seen.authors if each not in told.authors]
        # A single word after a name is an office or a day: "By Ana Ortiz, Contributor".
        if set(told.authors) < set(seen.authors) and all(" " in each for each in more):
            told = replace(told, authors=seen.authors)
        if _more_exact(seen.published, told.published):
            told = replace(told, published=None)
        if not self.language.spaced:
            # There, too, they name the site as author; the body names the reporters.
            named = (
                seen.authors
                or reporters([each.text for each in body if each.text])
                or reporters([each.text for each in trimmed(body, title, self.zone) if each.text])
            )
            told = replace(told, authors=named or told.authors)
        return self._site_byline().filled_from(
            Byline(source=seen.source).filled_from(told).filled_from(seen)
        )

    def _site_byline(self) -> Byline:
        byline = Byline()
        for key in ("date", "source", "author"):
            for tag in self._selected(key)[:1]:
                text = text_of(tag)
                said = parse_byline(text, self.zone)
                if key == "source" and not said.source:
                    said = Byline(source=text)
                if key == "author" and not said.authors:
                    said = Byline(authors=names(text))
                byline = byline.filled_from(said)
        return byline

    def _byline_lines(self, body: Sequence[Passage], title: str) -> list[str]:
        """Lines that may be bylines: around headline and body, nearest first."""
        short = [
            len(each.text) <= BYLINE_LENGTH and not RUNNING.search(each.text) for each in self.page
        ]
        if not body:
            return []
        places = {id(each): place for place, each in enumerate(self.page)}
        first, last = places[id(body[0])], places[id(body[-1])]
        headlines = [
            place
            for place, each in enumerate(self.page[: first + 1])
            if each.text == title and each.kind == "heading"
        ]
        start = headlines[-1] if headlines else max(0, first - 12)
        between = list(range(start, min(first + 3, len(self.page))))
        before = list(range(start - 1, max(-1, start - 1 - BEFORE_TITLE), -1))
        # Of several posts on a page, the first is the article; its time stands below it.
        posted = [place for place in range(first, last) if POSTED.search(self.page[place].text)]
        after = list(range(max(first, last - 3), min(last + AFTER_BODY, len(self.page))))
        near = [*between, *before, *posted, *after]
        return [self.page[place].text for place in near if short[place]]

    def _told(self) -> Byline:
        """What the structured data say."""
        return Byline(
            source=self.metadata.source,
            authors=self.metadata.authors,
            published=self.metadata.published,
            modified=self.metadata.modified,
        )

    def _dated(self) -> datetime | None:
        day = day_in(self.url)
        if day:
            return datetime.combine(day, time(), self.zone)
        guessed = htmldate.find_date(
            self.html, extensive_search=False, original_date=True, url=self.url
        )
        return parse_time(guessed, self.zone) if guessed else None


def _more_exact(first: datetime | None, second: datetime | None) -> bool:
    """Whether a time is of another's day, and the other gives the day alone."""
    if first is None or second is None:
        return False
    return first.date() == second.date() and second.time() == time()


def _within(tag: Tag, roots: Sequence[Tag]) -> bool:
    return any(tag is root or root in tag.parents for root in roots)


def _blocks(body: Sequence[Passage], language: Language) -> tuple[Block, ...]:
    limit = HEADING_SPACED if language.spaced else HEADING_HAN
    blocks: list[Block] = []
    levels = sorted({each.level for each in body if each.kind == "heading"})
    for each in body:
        if each.figure is not None:
            blocks.append(Block("figure", figure=each.figure))
        elif each.kind == "table":
            blocks.append(Block("table", rows=each.rows, header=each.header))
        elif each.kind == "heading":
            blocks.append(Block("heading", each.text, level=2 + min(1, levels.index(each.level))))
        elif _is_subhead(each, limit):
            blocks.append(Block("heading", each.text))
        else:
            blocks.append(Block(each.kind, each.text))
    return tuple(blocks)


def _is_subhead(each: Passage, limit: int) -> bool:
    """Whether a paragraph is a subhead in all but name: short, all bold, not a sentence."""
    return (
        each.kind == "paragraph"
        and each.bold
        and len(each.text) <= limit
        and not HEADING_END.search(each.text)
        and not SPEAKER.match(each.text)
    )


def _summary(metadata: Metadata, title: str, lines: Sequence[str], language: Language) -> str:
    """The page's description, if it is of this article and not merely its beginning.

    A bare description may be the site's; it must share words with the article.
    """
    description = metadata.description
    key, body = bare(description.rstrip(".… ")), bare("".join(lines))
    if len(key) < HEADING_HAN // 2 or key in body or key in bare(title):
        return ""
    if metadata.marked:
        return description
    size = 4 if language.spaced else 2
    known = bare(title) + body
    parts = [key[at : at + size] for at in range(0, len(key) - size + 1, size)]
    like = sum(part in known for part in parts) / len(parts)
    return description if like >= SUMMARY_LIKE else ""
