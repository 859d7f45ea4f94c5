"""Pictures of a page: their address, wherever a lazy loader hid it, and which are none."""

import re

from bs4 import Tag

from yibao.article import Figure
from yibao.sources.address import joined

LAZY = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-actualsrc",
    "data-echo",
    "data-url",
    "data-image",
    "_src",
)
SMALL = 60
ORNAMENT = re.compile(
    r"(^|[/_.-])(icons?|logo|avatar|spacer|blank|pixel|qr|qrcode|ewm|erweima|btn|button|share|"
    r"weixin|wechat|weibo|ic|next|prev|print|send|close|loading|placeholder|emoji|arrow|bg|banner|ads?|sprite|dot|tracking)"
    r"[\w]{0,3}([/_.-]|$)",
    re.IGNORECASE,
)
LENGTH = re.compile(r"\s*(\d+)\s*(px)?\s*", re.IGNORECASE)


def figure_of(tag: Tag, url: str) -> Figure | None:
    """The picture of an `img` element; none if it is an ornament.

    Args:
        tag: the element.
        url: the page's address.
    """
    address = _address(tag)
    if not address or _tiny(tag) or ORNAMENT.search(address.rpartition("/")[2]):
        return None
    image = joined(url, address)
    if not image:
        return None
    return Figure(image=image, alt=" ".join(str(tag.get("alt") or "").split()))


def _address(tag: Tag) -> str:
    given = [str(tag.get(name) or "").strip() for name in (*LAZY, "src")]
    given += [_largest(str(tag.get(name) or "")) for name in ("data-srcset", "srcset")]
    picture = tag.find_parent("picture")
    if picture is not None:
        given += [_largest(str(each.get("srcset") or "")) for each in picture.find_all("source")]
    return next((each for each in given if each and not each.startswith("data:")), "")


def _largest(srcset: str) -> str:
    """The address with the greatest width or density in a srcset."""
    best, size = "", -1.0
    for candidate in re.split(r",\s+", srcset.strip()):
        address, _, descriptor = candidate.strip().partition(" ")
        number = re.match(r"[\d.]+", descriptor.strip())
        this = float(number[0]) if number and number[0].count(".") < 2 else 1.0  # noqa: PLR2004  # one point
        if address and this > size:
            best, size = address, this
    return best


def _tiny(tag: Tag) -> bool:
    for name in ("width", "height"):
        found = LENGTH.fullmatch(str(tag.get(name) or ""))
        if found and int(found[1][:6]) < SMALL:
            return True
    return False
