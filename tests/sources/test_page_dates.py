from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from source_pages import SHANGHAI

from yibao.sources.dates import day_in, find_times, parse_time


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-03-05 09:12:35", at(2026, 3, 5, 9, 12, 35)),
        ("2026/3/5", at(2026, 3, 5)),
        ("2026年03月05日 星期四 09:12", at(2026, 3, 5, 9, 12)),
        ("2026年3月5日09:12", at(2026, 3, 5, 9, 12)),
        ("2026年3月5日9时12分", at(2026, 3, 5, 9, 12)),
        ("March 5, 2026 at 9:12 p.m.", at(2026, 3, 5, 21, 12)),
        ("5 Mar 2026", at(2026, 3, 5)),
        ("Sept. 5th, 2026, 12:05 am", at(2026, 9, 5, 0, 5)),
        ("2026-03-05T01:12:35Z", datetime(2026, 3, 5, 1, 12, 35, tzinfo=UTC)),
        (
            "2026-03-05 09:12:35 +0530",
            datetime(2026, 3, 5, 9, 12, 35, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        ),
        ("发布时间：26-03-0509:12", at(2026, 3, 5, 9, 12)),
        ("26-03-05", None),
        ("电话 26-03-0509:123", None),
        ("2026-02-30", None),
        ("version 1.2026.3.5", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_are_read_as_pages_write_them(text, when):
    assert parse_time(text, SHANGHAI) == when


def test_a_time_without_zone_is_in_the_given_zone():
    when = parse_time("2026-03-05 09:12", SHANGHAI)
    assert when.utcoffset() == timedelta(hours=8)


def test_all_times_of_a_line_come_in_their_order_with_their_places():
    line = "Posted March 5, 2026 | Updated 2026-03-06 10:00"
    found = find_times(line, SHANGHAI)
    assert [line[each.start : each.end] for each in found] == ["March 5, 2026", "2026-03-06 10:00"]
    assert [each.clock for each in found] == [False, True]


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://quay.example/2026-03/05/content_1.shtml", date(2026, 3, 5)),
        ("https://quay.example/n/20260305/a.html", date(2026, 3, 5)),
        ("https://quay.example/2026/03/05/a", date(2026, 3, 5)),
        ("https://quay.example/202603/t20260305_77.html", date(2026, 3, 5)),
        ("https://quay.example/a/99202603051.html", None),
        ("https://quay.example/2026/13/45/a", None),
        ("https://quay.example/a", None),
    ],
)
def test_addresses_name_days(address, day):
    assert day_in(address) == day
