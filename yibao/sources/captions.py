"""Pictures with their captions and credits."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bs4 import Tag

from yibao.article import Figure
from yibao.sources.passages import Passage

NAMED = re.compile(
    r"caption|(?:img|pic)-?_?(?:info|desc|note|text)|tuzhu",
    re.IGNORECASE,
)
STARTS = re.compile(
    r"^[\s　（(]*(?:图为|图[一二三四五六七八九十\d①-⑩]*[:：为]|[上下左右]图|资料图|图片说明|图说|"
    r"配图|[▲△↑▼↓◎]|(?:(?:an?|this) )?(?:undated )?(?:file )?photo\b|pictured\b)",
    re.IGNORECASE,
)
WORD = r"(?:photos?|images?|pictures?|credits?|illustrations?|graphics?)"
AGENCY = r"(?:getty|reuters|\bafp\b|\bap\b|xinhua|\bvcg\b)"
OPEN, CLOSE, INSIDE = r"[（(\[【]", r"[）)\]】]", r"[^（(\[【）)\]】]"
END = r"\s*[.。]?\s*$"
SIGNED = re.compile(
    r"(?:摄|供图|图|图片|制图|绘图|资料图片)[）)】\]。]?\s*$"
    rf"|\b{WORD}\s*[:：][^:：.]{{2,60}}$"
    rf"|{OPEN}{INSIDE}*(?:{AGENCY}|courtesy|handout|file){INSIDE}*{CLOSE}\s*$"
    rf"|{OPEN}\s*(?:file )?{WORD}\b{INSIDE}*{CLOSE}\s*$",
    re.IGNORECASE,
)
CREDITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # (PHOTO: VCG), [Photo by Li Ming], （图片来源：X）
        (
            rf"\s*{OPEN}\s*(?:{WORD}(?:\s+(?:by|credit|courtesy(?: of)?))?\s*[:：/]?"
            rf"|图片?来源\s*[:：/]|图源\s*[:：/]?|图片?\s*[:：/]|摄影\s*[:：/]?|供图\s*[:：/])"
            rf"\s*(?P<name>{INSIDE}{{2,60}}){CLOSE}{END}"
        ),
        # (Reuters/X)
        rf"\s*{OPEN}\s*(?P<name>{INSIDE}*{AGENCY}{INSIDE}{{0,40}}){CLOSE}{END}",
        # （X 摄）
        (
            rf"\s*{OPEN}\s*(?P<name>{INSIDE}{{2,40}}?)\s*[/／]?\s*(?:摄影|摄|供图|图片|图|制图|绘)"
            rf"\s*{CLOSE}{END}"
        ),
        # X 摄
        (
            r"(?:(?<=[。！？!?）)”])|\s|　|^)\s*(?P<name>[^。，,；;！？!?：:]{2,30}?)\s*[/／]?\s*"
            rf"(?:摄影|摄|供图){END}"
        ),
        # 图片来源：X
        (
            r"(?:\s|　|^|(?<=[。.]))(?:图片?来源|图源|图片?|摄影|供图)\s*[:：/／]\s*"
            rf"(?P<name>[^。，,；;]{{2,40}}){END}"
        ),
        # Photo: X, Illustration by X
        (
            rf"(?:\s|^|(?<=[.。])){WORD}(?:\s+(?:by|credit|courtesy of)\b\s*[:：]?|\s*[:：/])\s*"
            rf"(?P<name>[^.,;]{{2,60}}){END}"
        ),
    )
)
MAX_CREDIT = 120
MAX_CAPTION = 220
MAX_PLAIN = 120


def split_credit(text: str) -> tuple[str, str]:
    """A caption without its credit, and the credit; the credit is empty if there is none."""
    text = " ".join(text.split())  # the patterns are slow on runs of spaces
    start = max(0, len(text) - MAX_CREDIT)
    for pattern in CREDITS:
        found = pattern.search(text, start)
        if found:
            return text[: found.start()].strip(), found["name"].strip(" :：/／")
    return text, ""


def captioned(body: Sequence[Passage], marked: Collection[Tag] = ()) -> list[Passage]:
    """The body with each caption joined to its picture.

    A picture takes the passage after it if that is marked as a caption, or reads like one, or is
    short and centred. Of several pictures in a row the last takes the caption.

    Args:
        body: the body's passages in reading order.
        marked: elements that the site file says are captions.
    """
    letters = sum(len(each.text) for each in body) or 1
    centred = sum(len(each.text) for each in body if each.centred)
    telling = centred < letters / 2  # where all is centred, it says nothing of captions
    joined: list[Passage] = []
    for each in body:
        before = joined[-1] if joined else None
        figure = before.figure if before else None
        if before is None or figure is None:
            joined.append(_standing_alone(each))
        elif not figure.caption and _is_caption(each, figure, marked, centring_tells=telling):
            joined[-1] = replace(before, figure=_with_caption(figure, each.text))
        elif each.caption and _same_figure(each, before):
            joined[-1] = replace(before, figure=_with_more(figure, each.text))
        else:
            joined.append(_standing_alone(each))
    return joined


def _standing_alone(each: Passage) -> Passage:
    """A passage; a caption as figure: of a film, or of a picture that only scripts would show."""
    if not each.caption:
        return each
    return replace(each, kind="figure", text="", figure=_with_caption(Figure(), each.text))


def _is_caption(
    each: Passage, figure: Figure, marked: Collection[Tag], *, centring_tells: bool
) -> bool:
    text = each.text
    if each.kind not in {"paragraph", "list_item"} or not text:
        return False
    if each.caption or any(each.tag is tag or tag in each.tag.parents for tag in marked):
        return True
    if len(text) > MAX_CAPTION:
        return False
    if _is_named(each.tag) or text == figure.alt or STARTS.match(text) or SIGNED.search(text):
        return True
    return centring_tells and each.centred and not each.bold and len(text) <= MAX_PLAIN


def _is_named(tag: Tag) -> bool:
    marks = [*(tag.get("class") or ()), str(tag.get("id") or "")]
    return any(NAMED.search(mark) for mark in marks)


def _same_figure(each: Passage, before: Passage) -> bool:
    if before.figure is None:
        return False
    own = each.tag.find_parent("figure") if each.tag.name != "figure" else each.tag
    return own is None or own in before.tag.parents


def _with_caption(figure: Figure, text: str) -> Figure:
    caption, credit = split_credit(text)
    return replace(figure, caption=caption, credit=credit or figure.credit)


def _with_more(figure: Figure, text: str) -> Figure:
    """A picture whose caption stands in several lines, of which the last may be the credit."""
    more = _with_caption(figure, text)
    joint = "" if re.search(r"[一-鿿。]$", figure.caption) else " "
    caption = f"{figure.caption}{joint}{more.caption}".strip()
    return replace(figure, caption=caption, credit=more.credit)
