import json

import pytest

from yibao.glossary import TermOutcome
from yibao.glossary.english import noun_forms, plurals, verb_forms, without_article
from yibao.glossary.terms import OUTCOME_STATUSES

MISSED = TermOutcome("energy/储能", "储能", "energy storage", 2, 4, "missed")


@pytest.mark.parametrize("status", OUTCOME_STATUSES)
def test_an_outcome_survives_its_record(status):
    outcome = TermOutcome("energy/储能", "储能", "energy storage", 2, 4, status, 10, 24)
    assert TermOutcome.from_record(json.loads(json.dumps(outcome.to_record()))) == outcome


def test_a_missed_term_has_no_place_in_the_target():
    record = MISSED.to_record()
    assert "target_start" not in record
    assert TermOutcome.from_record(record) == MISSED


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="unknown status"):
        TermOutcome.from_record({**MISSED.to_record(), "status": "perfect"})


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("sensor", "sensors"),
        ("battery", "batteries"),
        ("gateway", "gateways"),
        ("switch", "switches"),
        ("gas", ""),
        ("process", "processes"),
        ("analysis", "analyses"),
        ("craftsman", "craftsmen"),
        ("half", "halves"),
        ("GPU", "GPUs"),
        ("goods", ""),
    ],
)
def test_plurals(word, plural):
    assert (plural in plurals(word)) if plural else plurals(word) == ()


def test_nouns_of_several_words():
    assert "smart factories" in noun_forms("smart factory")
    assert "bureaus of statistics" in noun_forms("bureau of statistics")
    assert noun_forms("Industry 4.0") == ("Industry 4.0",)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("launch", {"launches", "launched", "launching"}),
        ("upgrade", {"upgrades", "upgraded", "upgrading"}),
        ("plan", {"plans", "planned", "planning"}),
        ("supply", {"supplies", "supplied", "supplying"}),
        ("model", {"models", "modeled", "modelled", "modeling", "modelling"}),
        ("develop", {"develops", "developed", "developing"}),
        ("deploy", {"deploys", "deployed", "deploying"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
        ("build up", {"builds up", "built up", "building up"}),
        ("Set", {"Sets", "Set", "Setting"}),
    ],
)
def test_verbs(verb, forms):
    assert forms <= set(verb_forms(verb))


def test_articles_are_taken_off_but_words_that_begin_alike_are_not():
    assert without_article("the Belt and Road") == "Belt and Road"
    assert without_article("An engine") == "engine"
    assert without_article("antenna") == "antenna"
    assert without_article("the") == "the"
