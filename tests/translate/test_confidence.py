import math

import pytest

from yibao.glossary import TermOutcome
from yibao.translate.confidence import FLOOR, confidence

SOURCE = "工厂五月投产，价格上涨。"
TARGET = "The plant opened in May, and prices rose."
PAIR = ("zh", "en")


def trust(target=TARGET, *, score=-0.2, statuses=(), **more):
    terms = [TermOutcome("t", "x", "y", 0, 1, status) for status in statuses]
    return confidence(SOURCE, target, PAIR, score=score, terms=terms, **more)


def test_a_flawless_draft_has_the_models_own_probability():
    assert trust() == pytest.approx(math.exp(-0.2), abs=0.001)
    assert trust(score=0.0) == 1.0


def test_the_less_the_model_was_sure_the_lower():
    assert trust(score=-0.1) > trust(score=-0.5) > trust(score=-3) > 0


def test_an_empty_draft_has_none():
    assert trust("  ") == 0.0


@pytest.mark.parametrize("flaw", [{"loops": True}, {"truncated": True}, {"statuses": ["missed"]}])
def test_each_flaw_lowers_it(flaw):
    assert trust(**flaw) < trust()


def test_terms_count_by_how_they_were_kept():
    order = ["kept", "repaired", "spliced", "missed"]
    values = [trust(statuses=[status]) for status in order]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4
    assert trust(statuses=["waived"]) == trust(statuses=["kept"])
    assert trust(statuses=["missed"] * 50) == pytest.approx(FLOOR * trust(), abs=0.001)


@pytest.mark.parametrize("target", ["Up.", TARGET * 4])
def test_a_strange_length_lowers_it(target):
    assert FLOOR * trust() - 0.001 <= trust(target) < trust()


def test_a_pair_without_a_known_ratio_is_not_judged_by_length():
    assert confidence(SOURCE, "x", ("zh", "fr"), score=0.0) == 1.0


def test_it_stays_between_nothing_and_one():
    assert trust(score=5.0) == 1.0
    assert trust("Up.", score=-50, statuses=["missed"] * 9, loops=True, truncated=True) >= 0
