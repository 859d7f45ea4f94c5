"""Bytes to text: which encoding a page is in, whatever its labels say.

The rule was measured on mislabelled Chinese pages (GBK labelled gb2312 or UTF-8, UTF-8 labelled
gb2312, a wrong header or meta, none at all): a byte order mark; else valid UTF-8; else the
candidate that gives the most ordinary Chinese. Never hand raw bytes to an HTML parser: on such
pages Beautiful Soup 4 gives an empty document without an error.
"""

import codecs
import re
from dataclasses import dataclass

from yibao.errors import PageUnreadable
from yibao.text.typography import HAN

# The most frequent characters of running text, simplified and traditional.
COMMON = re.compile(
    "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "這為個國時來們於對會發動過與說還後學問無產業開關經]"
)
HAN_CHARACTER = re.compile(f"[{HAN}]")
PRIVATE = re.compile("[\ue000-\uf8ff]")
META_WINDOW = 8192
META_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)|encoding\s*=\s*["']([\w.:-]+)""")
HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that name a part of what pages in fact hold.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
# Labels that servers give by default and that say nothing.
EMPTY_LABELS = frozenset({"iso8859-1", "ascii", "cp1252"})
BINARY_STARTS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"RIFF": "a sound, video or WebP file",
}
ORDINARY_SHARE = 0.05
MAX_REPLACED = 0.005
MAX_BAD = 0.002
TOLERATED = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """A candidate's text, with the marks that speak for and against it."""

    text: str
    bad: int
    ordinary: float

    @property
    def acceptable(self) -> bool:
        return self.bad <= max(TOLERATED, MAX_BAD * len(self.text))

    @property
    def readable(self) -> bool:
        return self.text.count("\ufffd") <= max(TOLERATED, MAX_REPLACED * len(self.text))


def decode(content: bytes, content_type: str = "", *, where: str = "") -> str:
    """The text of a page.

    Args:
        content: the raw bytes.
        content_type: the Content-Type header, if any.
        where: the address, for the error.

    Raises:
        PageUnreadable: the bytes are no text, or no encoding gives readable text.
    """
    _refuse_binary(content, where)
    for mark, codec in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(codec, "replace"), where)
    if b"\0" in content[:META_WINDOW]:
        raise PageUnreadable(where, "holds zero bytes: it is no text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _checked(_best(content, content_type), where)


def _refuse_binary(content: bytes, where: str) -> None:
    for start, what in BINARY_STARTS.items():
        if content.startswith(start):
            raise PageUnreadable(where, f"is {what}, not a page")


def _best(content: bytes, content_type: str) -> str:
    readings = [_read(content, codec) for codec in _candidates(content, content_type)]
    acceptable = [reading for reading in readings if reading.acceptable]
    if not any(reading.ordinary for reading in acceptable):
        # Western European accepts nearly everything: rather Chinese with some bad bytes.
        acceptable += [reading for reading in readings if reading.ordinary and reading.readable]
    return max(acceptable or readings, key=lambda reading: (reading.ordinary, -reading.bad)).text


def _candidates(content: bytes, content_type: str) -> list[str]:
    labels = [found[1] for found in HEADER_CHARSET.finditer(content_type)]
    labels += [
        (found[1] or found[2]).decode("ascii", "ignore")
        for found in META_CHARSET.finditer(content[:META_WINDOW].lower())
    ]
    known = [codec for label in labels if (codec := _codec(label))]
    # Western European last but one: it accepts nearly everything, and wins only where no
    # reading gives ordinary Chinese.
    return list(dict.fromkeys([*known, "cp1252", "gb18030", "big5hkscs", "utf-8"]))


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label).name
        b"".decode(name)
    except LookupError:  # also what a codec that gives no text raises, such as base64
        return ""
    return "" if name in EMPTY_LABELS else WIDER.get(name, name)


def _read(content: bytes, codec: str) -> _Reading:
    text = content.decode(codec, "replace")
    private = len(PRIVATE.findall(text))
    han = len(HAN_CHARACTER.findall(text))
    ordinary = len(COMMON.findall(text)) / han if han else 0.0
    return _Reading(
        text,
        bad=text.count("\ufffd") + 5 * private,
        ordinary=ordinary if ordinary >= ORDINARY_SHARE else 0.0,
    )


def _checked(text: str, where: str) -> str:
    if not _Reading(text, bad=0, ordinary=0.0).readable:
        raise PageUnreadable(where, "is text in no encoding we know")
    return text
