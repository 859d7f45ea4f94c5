"""The breadcrumb: where in the site an article stands."""

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag

from yibao.sources.passages import text_of

NAMED = re.compile(
    r"bread-?_?crumb|crumbs?\b|^position$|^location$|^path$|nav-?path|dangqian|weizhi|curr?ent-?pos|"
    r"^(cur|now)?_?place$|^mbx$|^dqwz$|^wz$|sitepath|^site-?nav$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\s*(?:您|你)?(?:当前|现在|目前|的|所在)*(?:位置|栏目)(?:是)?\s*[:：]?\s*"
    r"|^\s*(?:(?:current )?position|location|you are here|where am i)\s*[:：]?\s*",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"^\s*(?:(?:您|你)?(?:当前|现在|目前|的|所在)+位置|位置\s*[:：]|position\s*:|you are here)",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*(?:>+|›|»|→|＞|》|&gt;|\|)\s*")
SLASH = re.compile(r"\s*/\s*")
HOME = re.compile(r"^(?:.{0,12}首页|主页|home(?: ?page)?|index|main)$", re.IGNORECASE)
LAST = re.compile(
    r"^(?:正文|文章正文|内容正文|文章|内容|详情|新闻正文|文章内容|内容页|浏览文章|article|text|content|detail)s?$",
    re.IGNORECASE,
)
FRONT = re.compile(r"/|(?:https?:)?//[^/]+/?")
MAX_TEXT = 200
MAX_NAME = 40
MAX_DEPTH = 6
LABEL_DEPTH = 3


def find_section(soup: BeautifulSoup, title: str) -> tuple[str, ...]:
    """The breadcrumb of a page, outermost first; empty if it has none."""
    for tag in _candidates(soup):
        section = section_of(tag, title)
        if section:
            return section
    return ()


def section_of(tag: Tag, title: str) -> tuple[str, ...]:
    """The names in a breadcrumb element, without home, "article" and the headline itself."""
    text = LABEL.sub("", text_of(tag))
    parts = SEPARATOR.split(text)
    if len(parts) == 1:
        parts = SLASH.split(text)
    links = [text_of(link) for link in tag.find_all("a")]
    if len(parts) == 1:
        parts = links
    return _inner([part.strip(" :：\t-") for part in parts], title, _home_link(tag))


def _candidates(soup: BeautifulSoup) -> Iterator[Tag]:
    """Elements named like a breadcrumb, then those that begin with "position:"."""
    for tag in soup.find_all(["div", "p", "ul", "ol", "nav", "span", "td", "section"]):
        marks = [*(tag.get("class") or ()), str(tag.get("id") or "")]
        if any(NAMED.search(mark) for mark in marks) and len(text_of(tag)) <= MAX_TEXT:
            yield tag
    for said in soup.find_all(string=SAYS):
        # The label may stand in an element of its own, beside the links.
        for tag in list(said.parents)[:LABEL_DEPTH]:
            text = text_of(tag)
            if len(text) <= MAX_TEXT and SAYS.match(text) and tag.find("a") is not None:
                yield tag
                break


def _home_link(tag: Tag) -> str:
    """The text of the first link, if it leads to the front page."""
    link = tag.find("a")
    if link is not None and FRONT.fullmatch(str(link.get("href") or "")):
        return text_of(link)
    return ""


def _inner(parts: Sequence[str], title: str, home: str) -> tuple[str, ...]:
    kept = [part for part in parts if part and len(part) <= MAX_NAME and part != title]
    if kept and (HOME.match(kept[0]) or kept[0] == home):
        kept = kept[1:]
    if kept and (LAST.match(kept[-1]) or title.startswith(kept[-1].rstrip(".… "))):
        kept = kept[:-1]
    return tuple(dict.fromkeys(kept)) if len(kept) <= MAX_DEPTH else ()
