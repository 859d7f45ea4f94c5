"""Pictures with their captions and credits."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bs4 import Tag

from yibao.article import Figure
from yibao.sources.passages import Passage

NAMED = re.compile(
    r"caption|img-?_?(?:info|desc|note|text)|pic-?_?(?:info|desc|note|text)|tuzhu|zhaiyao-pic",
    re.IGNORECASE,
)
STARTS = re.compile(
    r"^[\s　（(]*(?:图为|图[一二三四五六七八九十\d①-⑩]*[:：为]|上图|下图|左图|右图|资料图|图片说明|图说|配图|"
    r"[▲△↑▼↓◎]|(?:file )?photo\b|pictured\b|an? (?:undated |file )?photo\b|this (?:undated |file )?photo\b)",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?:摄|供图|图|图片|制图|绘图|资料图片)[）)】\]。]?\s*$|"
    r"(?:\bcredit|\bphotos?|\bimages?|\billustration)\s*[:：][^:：.]{2,60}$|"
    r"[(\[][^()\[\]]*(?:getty|reuters|\bafp\b|\bap\b|xinhua|\bvcg\b|courtesy|handout|file)[^()\[\]]*[)\]]\s*$|"
    r"[（(\[【]\s*(?:photos?|images?|pictures?|credits?|illustrations?|graphics?|file photo)\b[^）)\]】]*[）)\]】]\s*$",
    re.IGNORECASE,
)
CREDITS = (
    re.compile(
        r"\s*[（(\[【]\s*(?:(?:photos?|images?|pictures?|credits?|illustrations?|graphics?)(?:\s+(?:by|credit|courtesy(?: of)?))?"
        r"\s*[:：/]?|图片?来源\s*[:：/]|图源\s*[:：/]?|图片?\s*[:：/]|摄影\s*[:：/]?|供图\s*[:：/])\s*(?P<name>[^）)\]】]{2,60})[）)\]】]\s*[.。]?\s*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s*[(\[]\s*(?P<name>[^()\[\]]*(?:getty|reuters|\bafp\b|\bap\b|xinhua|\bvcg\b)[^()\[\]]{0,40})"
        r"\s*[)\]]\s*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s*[（(\[【]\s*(?P<name>[^（(\[【）)\]】]{2,40}?)\s*[/／]?\s*(?:摄影|摄|供图|图片|图|制图|绘)\s*[）)\]】]\s*[.。]?\s*$"
    ),
    re.compile(
        r"(?:(?<=[。！？!?）)”])|\s|　|^)\s*(?P<name>[^。，,；;！？!?：:]{2,30}?)\s*[/／]?\s*(?:摄影|摄|供图)\s*[。.]?\s*$"
    ),
    re.compile(
        r"(?:\s|　|^|(?<=[。.]))(?:图片?来源|图源|图片?|摄影|供图)\s*[:：/／]\s*(?P<name>[^。，,；;]{2,40})\s*[。.]?\s*$"
    ),
    re.compile(
        r"(?:\s|^|(?<=[.。]))(?:photos?|images?|pictures?|credits?|illustrations?|graphics?)(?:\s+(?:by|credit|courtesy of)\b\s*[:：]?|\s*[:：/])\s*(?P<name>[^.,;]{2,60})\.?\s*$",
        re.IGNORECASE,
    ),
)
MAX_CAPTION = 220
MAX_PLAIN = 120


def split_credit(text: str) -> tuple[str, str]:
    """A caption without its credit, and the credit; the credit is empty if there is none."""
    for pattern in CREDITS:
        found = pattern.search(text)
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
        if before is not None and before.figure is not None and not before.figure.caption:
            if _is_caption(each, before.figure, marked, centring_tells=telling):
                joined[-1] = replace(before, figure=_with_caption(before.figure, each.text))
                continue
        if each.caption and before is not None and _same_figure(each, before):
            figure = _with_more(before.figure or Figure(), each.text)
            joined[-1] = replace(before, figure=figure)
            continue
        if each.caption:  # of a film, or of a picture that only scripts would show
            each = replace(each, kind="figure", text="", figure=_with_caption(Figure(), each.text))
        joined.append(each)
    return joined


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
