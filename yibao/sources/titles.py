"""The headline, without the site's name."""

import re
import unicodedata
from collections.abc import Sequence

from yibao.sources.metadata import Metadata
from yibao.sources.passages import Passage

CUTS = re.compile(r"\s*(?:[_|｜丨—·»<]|--|\s[-–:]|[-–](?=[^-–]{2,40}$))+\s*")  # noqa: RUF001
SHORT = 6
HEADINGS = 3


def find_title(page: Sequence[Passage], metadata: Metadata, language: str) -> str:
    """The headline: a heading that the window title confirms; else what the metadata say.

    Args:
        page: all passages of the page.
        metadata: its structured data.
        language: of the page; Chinese pages often put the site's name in the first heading.
    """
    headings = [each for each in page if each.kind == "heading" and each.level <= HEADINGS]
    firsts = [each.text for each in headings if each.level == 1]
    agreed = _agreed(headings, metadata, language)
    if agreed:
        return agreed
    if language != "zh" and firsts:
        return firsts[0]
    if metadata.title:
        return without_site(metadata.title, page)
    if metadata.window:
        return without_site(metadata.window, page)
    return firsts[0] if firsts else ""


def without_site(title: str, page: Sequence[Passage]) -> str:
    """The longest beginning of a window title, cut at a separator, that the page repeats."""
    cuts = [found.start() for found in CUTS.finditer(title)]
    texts = {_key(each.text) for each in page if len(each.text) < 2 * len(title) + 20}
    for end in [len(title), *reversed(cuts)]:
        start = title[:end].strip()
        if start and _key(start) in texts:
            return start
    return title[: cuts[-1]].strip() if cuts and cuts[-1] >= SHORT else title.strip()


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
