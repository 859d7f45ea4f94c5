"""The term base: what an industry calls its things, in every language of the house.

`files` reads the CSV files that people edit, `terms` holds what they say, `match` finds terms in
a source text and their renderings in a target text, `assignment` says which renders which.
Matching compares folded text (`fold`) and knows the regular inflection of English (`english`).
"""

from yibao.glossary.assignment import Wanted, assign, outcomes
from yibao.glossary.files import check_glossaries, load_files, load_glossary
from yibao.glossary.match import Glossary, Match, Matcher, forbidden, realised
from yibao.glossary.terms import Case, OutcomeStatus, PartOfSpeech, Span, Term, TermOutcome

__all__ = [
    "Case",
    "Glossary",
    "Match",
    "Matcher",
    "OutcomeStatus",
    "PartOfSpeech",
    "Span",
    "Term",
    "TermOutcome",
    "Wanted",
    "assign",
    "check_glossaries",
    "forbidden",
    "load_files",
    "load_glossary",
    "outcomes",
    "realised",
]
