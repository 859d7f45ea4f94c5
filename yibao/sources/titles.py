"""The headline, without the site's name."""

import re
import unicodedata
from collections.abc import Sequence

from yibao.sources.metadata import Metadata
from yibao.sources.passages import Passage

CUTS = re.compile(r"\s*(?:[_|｜丨—·»<]|--|\s[-–:]|[-–](?=[^-–]{2,40}$))+\s*")
SITE = re.compile(r"(?:网|报|社|在线|频道|财经|官网|网站|新闻|中国|中心)\s*$")
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
    agreed = _agreed(headings, metadata, language)
    if agreed:
        return agreed
    if language != "zh" and firsts:
        return firsts[0]
    told = [without_site(each, page) for each in (metadata.title, metadata.window) if each]
    keys = {_key(each.text) for each in page}
    confirmed = next((each for each in told if _key(each) in keys), "")
    above = _above(page, first)
    if confirmed or (told and not above):
        return confirmed or told[0]
    return above or (firsts[0] if firsts else "")


def without_site(title: str, page: Sequence[Passage]) -> str:
    """The longest beginning of a window title, cut at a separator, that the page repeats.

    Where it repeats none, the title without its last part.
    """
    cuts = [found.start() for found in CUTS.finditer(title)]
    texts = {_key(each.text) for each in page if len(each.text) <= len(title)}
    for end in reversed(cuts):
        start = title[:end].strip()
        if len(start) >= SHORT and _key(start) in texts:
            return start
    if _key(title) in texts or not cuts or cuts[-1] < SHORT:
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
    return ""


def _agreed(headings: Sequence[Passage], metadata: Metadata, language: str) -> str:
    told = [_key(each) for each in (metadata.title, metadata.window) if each]
    limit = SHORT if language == "zh" else 2 * SHORT
    for level in (1, 2, 3) if language != "zh" else (HEADINGS,):
        for each in headings:
            key = _key(each.text)
            if each.level > level or len(each.text) < limit or not key:
                continue
            if any(
                one.startswith(key) or (len(one) > limit and key.startswith(one)) for one in told
            ):
                return each.text
    return ""


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
