"""What holds for all checks together."""

import re
import time
from pathlib import Path

import pytest
from check_cases import en_zh, zh_en
from hypothesis import given
from hypothesis import strategies as st

from yibao.checks import CHECKS, Finding, run_checks
from yibao.checks.finding import Check

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
TESTS = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*_check*.py"))

each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def concrete(check):
    for each in check.__subclasses__():
        yield from concrete(each)
        if not getattr(each, "__abstractmethods__", None) and hasattr(each, "id"):
            yield each


def test_every_check_that_is_written_is_run():
    assert {type(check) for check in CHECKS} == set(concrete(Check))


def test_ids_are_unique():
    assert len({check.id for check in CHECKS}) == len(CHECKS)


@each_check
def test_a_check_says_what_it_is(check):
    assert re.fullmatch("[a-z]+(-[a-z]+)*", check.id)
    assert check.name[0].isupper()
    assert not check.name.endswith(".")
    assert re.fullmatch(r"[^.]+\.|[^.]*\d\.\d[^ ]*.*\.", check.description)


@each_check
def test_a_check_is_documented(check):
    assert f"\n## {check.id}\n" in PAGE, "add a heading, what it finds, an example, what to do"
    section = PAGE.split(f"\n## {check.id}\n")[1].split("\n## ")[0]
    assert f"({check.severity})" in section, "say its severity under the heading"
    assert "Example:" in section
    assert "What to do:" in section


def test_the_page_has_no_check_that_is_gone():
    assert set(re.findall(r"^## ([a-z-]+)$", PAGE, re.MULTILINE)) == {check.id for check in CHECKS}


@each_check
def test_a_check_has_its_cases(check):
    assert f"check = {type(check).__name__}()" in TESTS, "add a class of check cases"


def test_a_good_translation_has_no_findings():
    pair = zh_en(
        "这家工厂年产530万台，增长3.5%。", "The plant makes 5.3 million units a year, up 3.5%."
    )
    assert run_checks(pair) == ()


def test_errors_come_first():
    found = run_checks(en_zh("It makes 530,000 units (a year).", "年产530万台（每年 ,"))
    ranks = [("error", "warning", "info").index(finding.severity) for finding in found]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_an_empty_translation_has_that_one_finding():
    (finding,) = run_checks(zh_en("产量530万，见 https://a.example。", " "))
    assert finding.check == "empty"


def test_only_the_checks_asked_for_are_run():
    chosen = [check for check in CHECKS if check.id == "links"]
    assert {each.check for each in run_checks(zh_en("https://a.example 5", "6"), chosen)} == {
        "links"
    }


@pytest.mark.parametrize(
    "finding", [Finding("links", "error", "Gone."), Finding("brackets", "warning", "Open.", 0, 1)]
)
def test_a_finding_survives_its_record(finding):
    assert Finding.from_record(finding.to_record()) == finding


TEXTS = st.text(alphabet="工厂的，。“”（）《》ab. ,()\"'@#://5万亿%十\n\ue000\ud7ff𠀀", max_size=40)


@given(source=TEXTS, target=TEXTS)
def test_any_text_can_be_checked_and_places_lie_within_it(source, target):
    for pair in (zh_en(source, target), en_zh(source, target)):
        for finding in run_checks(pair):
            if finding.start is not None:
                assert 0 <= finding.start < finding.end <= len(target)


@pytest.mark.parametrize(
    "unit", ["a", "a ", ".", "-", "(", "”", "汉", "1", "1,", "万", "@a", "w.", "的"]
)
def test_a_long_monotonous_text_takes_no_long_time(unit):
    text = unit * (10_000 // len(unit))
    began = time.process_time()
    for check in CHECKS:
        check.findings(zh_en(text, text))
        check.findings(en_zh(text, text))
    assert time.process_time() - began < 5
