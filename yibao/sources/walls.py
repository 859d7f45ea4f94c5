"""Pages that answer 200 and yet are not what was asked for: bot walls and empty shells."""

import re

from yibao.errors import FetchFailed, PageUnreadable
from yibao.sources.decode import decode
from yibao.sources.page import Page
from yibao.sources.passages import clean, parse

HTML_TYPES = ("text/html", "application/xhtml")
VISIBLE_LIMIT = 600
# Walls are small, however much script they carry.
SIZE_LIMIT = 100_000
TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
WALL = re.compile(
    r"just a moment|checking your browser|attention required|cf-chl|captcha|are you a robot"
    r"|unusual traffic|access denied|request blocked|enable (javascript|cookies)"
    r"|安全验证|人机验证|滑动验证|访问(被拒绝|验证|过于频繁)|请(开启|启用) ?(javascript|cookie)"
    r"|网站防火墙",
    re.IGNORECASE,
)
WALL_TITLE = re.compile(
    r"\s*(just a moment|checking your browser|attention required|安全验证|人机验证)", re.IGNORECASE
)
SCRIPT = re.compile(r"<script\b", re.IGNORECASE)


def wall(html: str) -> str:
    """What stands in the way on this page, in words; empty if nothing does.

    A page with much visible text is one only if its title says so: an article may well speak of
    captchas.
    """
    title = TITLE.search(html)
    said = WALL_TITLE.match(title[1]) if title else None
    if said:
        return f"answered with a bot wall ({said[0].strip()!r})"
    if len(html) > SIZE_LIMIT:
        return ""
    visible = _visible(html)
    if len(visible) > VISIBLE_LIMIT:
        return ""
    found = WALL.search(f"{title[1] if title else ''} {visible}") or WALL.search(html[:20_000])
    if found:
        return f"answered with a bot wall ({' '.join(found[0].split())!r})"
    if not visible and SCRIPT.search(html):
        return "answered with an empty shell that scripts would fill"
    return ""


def _visible(html: str) -> str:
    """A page's text as a reader sees it."""
    soup = parse(html)
    for tag in soup.find_all(["head", "script", "style", "noscript", "template"]):
        tag.extract()
    return clean(soup.get_text(" "))


def refuse_wall(page: Page) -> None:
    """Refuse a page that is only a wall.

    Raises:
        FetchFailed: it is.
    """
    if not page.content_type.lower().startswith(HTML_TYPES):
        return
    try:
        html = decode(page.content, page.content_type, where=page.url)
    except PageUnreadable:
        return  # whoever decodes it says so
    problem = wall(html)
    if problem:
        remedy = "Open the page in a browser; ask for a feed."
        raise FetchFailed(page.url, problem, remedy)
