"""Times as pages write them.

A time without a zone is in the zone given; a date alone is its midnight there.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
CLOCK = (
    r"(?:(?:[\s,T]|at|on|/|\||&nbsp;|（?星期.）?|[（(].{1,4}[）)])*"
    r"(?P<hour>[01]?\d|2[0-4])(?:[:：]|时|點|点)(?P<minute>[0-5]\d)"
    r"(?:分|(?:[:：])(?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s*(?P<zone>Z\b|UTC|GMT|[+-]\d\d:?\d\d))?)?"
)
NUMERIC = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?P<mark>[-/.]|年)\s*(?P<month>0?[1-9]|1[0-2])\s*(?:(?P=mark)|月)"
    rf"\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d(?!\d:))\s*日?{CLOCK}",
    re.IGNORECASE,
)
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[\s-]+{MONTH}[\s,-]+(?P<year>(?:19|20)\d\d)(?!\d)"
    rf"{CLOCK}",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    rf"\b{MONTH}\s+(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
    rf"{CLOCK}",
    re.IGNORECASE,
)
# 18-03-0823:16: only with the time of day, and in full, is such a thing a date.
SHORT_YEAR = re.compile(
    r"(?<![\d-])(?P<year>[0-3]\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\s?"
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?P<second>)(?P<half>)(?P<zone>)(?![\d:])"
)
IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/_]?)(?P<month>0[1-9]|1[0-2])"
    r"(?:(?P=mark)|/)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A time found in a text.

    Attributes:
        when: the time.
        start, end: where it stands.
        clock: whether the page gave the time of day.
    """

    when: datetime
    start: int
    end: int
    clock: bool


def find_times(text: str, zone: tzinfo) -> list[Found]:
    """All times in a text, in the order in which they stand there."""
    found: list[Found] = []
    for pattern in (NUMERIC, SHORT_YEAR, DAY_FIRST, MONTH_FIRST):
        for match in pattern.finditer(text):
            when = _time(match, zone)
            if when is not None:
                clock = match["hour"] is not None
                found.append(Found(when, match.start(), match.end(), clock=clock))
    return sorted(found, key=lambda each: each.start)


def parse_time(text: str, zone: tzinfo) -> datetime | None:
    """The first time in a text, also in ISO 8601; none if there is none."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        found = find_times(text, zone)
        return found[0].when if found else None
    return when if when.tzinfo else when.replace(tzinfo=zone)


def day_in(address: str) -> date | None:
    """The day that an address names, as in /2021-10/28/ or /20211028/; none if none."""
    for match in IN_ADDRESS.finditer(address):
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def _time(match: re.Match[str], zone: tzinfo) -> datetime | None:
    month = match["month"].lower()
    try:
        year = int(match["year"]) + (2000 if len(match["year"]) == len("18") else 0)
        day = datetime(year, MONTHS.get(month[:3]) or int(month), int(match["day"]), tzinfo=zone)
        return day.replace(**_clock(match), tzinfo=_zone(match["zone"]) or zone)
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> dict[str, int]:
    if match["hour"] is None:
        return {}
    hour = int(match["hour"]) % 24
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return {"hour": hour, "minute": int(match["minute"]), "second": int(match["second"] or 0)}


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
