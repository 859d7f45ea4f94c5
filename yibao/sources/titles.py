"""The headline, without the site's name."""

import re
from collections.abc import Sequence
from datetime import UTC
from itertools import pairwise

from yibao.sources.dates import find_times
from yibao.sources.metadata import Metadata
from yibao.sources.passages import Passage
from yibao.sources.wording import bare

CUTS = re.compile(r"\s*(?:[_|｜丨—·»<]|--|\s[-–:]|[-–](?=[^-–]{2,40}$))+\s*")
SITE = re.compile(r"(?:网|报|社|在线|频道|财经|官网|网站|新闻|中国|中心)\s*$")
ENDED = re.compile(r"[。！？!?]$")
DASHES = ("—", "－", "―", "-")
SHORT, LONG = 6, 60
ABOVE = 6
HEADINGS = 3


def find_title(page: Sequence[Passage], first: int, metadata: Metadata, language: str) -> str:
    """The headline: a heading that the window title confirms; else what the metadata say.

    Args:
        page: all passages of the page.
        first: place of the first passage of the body among them.
        metadata: the page's structured data.
        language: of the page; Chinese pages often put the site's name in the first heading.
    """
    headings = [each for each in page if each.kind == "heading" and each.level <= HEADINGS]
    firsts = [each.text for each in headings if each.level == 1]
    agreed = _agreed(headings, page, metadata, language)
    if agreed:
        return agreed
    if language != "zh" and firsts:
        return firsts[0]
    told = [without_site(each, page) for each in (metadata.title, metadata.window) if each]
    keys = {bare(each.text) for each in page} | _pairs(page)
    confirmed = next((each for each in told if bare(each) in keys), "")
    above = _above(page, first)
    if confirmed or (told and not above):
        return confirmed or told[0]
    return above or (firsts[0] if firsts else "")


def without_site(title: str, page: Sequence[Passage]) -> str:
    """The longest beginning of a window title, cut at a separator, that the page repeats.

    Where it repeats none, the title without its last part.
    """
    cuts = [found.start() for found in CUTS.finditer(title)]
    pairs = _pairs(page)
    if bare(title) in pairs:
        return title
    texts = {bare(each.text) for each in page if len(each.text) <= len(title)} | pairs
    for end in reversed(cuts):
        start = title[:end].strip()
        if len(start) >= SHORT and bare(start) in texts:
            return start
    if bare(title) in texts or not cuts or cuts[-1] < SHORT:
        return _without_tail(title, cuts)
    return title[: cuts[-1]].strip()


def _without_tail(title: str, cuts: Sequence[int]) -> str:
    """The title without a last part that is a site's name; pages repeat even that."""
    if cuts and SITE.search(title[cuts[-1] :]) and cuts[-1] >= SHORT:
        return _without_tail(title[: cuts[-1]], cuts[:-1])
    return title.strip()


def _above(page: Sequence[Passage], first: int) -> str:
    """The line above the body that looks most like a headline; empty if none does."""
    for each in reversed(page[max(0, first - ABOVE) : first + 1]):
        if each.kind == "heading" and len(each.text) >= SHORT:
            return each.text
    for each in page[max(0, first - ABOVE) : first + 2]:
        set_apart = each.bold or each.centred or each.tag.name == "font"
        if set_apart and SHORT <= len(each.text) <= LONG and not each.linked:
            return each.text
    return _above_date(page[max(0, first - ABOVE) : first + 2])


def _above_date(lines: Sequence[Passage]) -> str:
    """The line right above the first one with a time; empty if that can be no headline."""
    for above, each in pairwise(lines):
        if len(each.text) <= LONG and find_times(each.text, UTC):
            fits = SHORT <= len(above.text) <= LONG and not above.linked
            return above.text if fits and not ENDED.search(above.text) else ""
    return ""


def _agreed(
    headings: Sequence[Passage], page: Sequence[Passage], metadata: Metadata, language: str
) -> str:
    told = [bare(each) for each in (metadata.title, metadata.window) if each]
    limit = SHORT if language == "zh" else 2 * SHORT
    for level in (1, 2, 3) if language != "zh" else (HEADINGS,):
        for each in headings:
            key = bare(each.text)
            if each.level > level or len(each.text) < limit or not key:
                continue
            if any(
                one.startswith(key) or (len(one) > limit and key.startswith(one)) for one in told
            ):
                return _whole(each, page, told) if language == "zh" else each.text
    return ""


def _whole(heading: Passage, page: Sequence[Passage], told: Sequence[str]) -> str:
    """A headline with its second line, if what the page says elsewhere has both."""
    for first, second in pairwise(page):
        if first is heading and second.text and len(second.text) <= LONG:
            key = bare(first.text + second.text)
            if any(one.startswith(key) for one in told):
                joint = "" if second.text.startswith(DASHES) else " "
                return f"{first.text}{joint}{second.text}"
    return heading.text


def _pairs(page: Sequence[Passage]) -> set[str]:
    """Two lines that follow each other, as one: a headline may be set in two."""
    return {
        bare(first.text + second.text)
        for first, second in pairwise(page)
        if first.text and second.text and len(first.text) + len(second.text) <= 2 * LONG
    }
