"""A term, and what became of it in a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Self, get_args

Case = Literal["smart", "exact", "ignore"]
CASES: tuple[Case, ...] = get_args(Case)
PartOfSpeech = Literal["noun", "name", "verb", "adjective"]
PARTS_OF_SPEECH: tuple[PartOfSpeech, ...] = get_args(PartOfSpeech)
OutcomeStatus = Literal["kept", "repaired", "spliced", "missed", "waived"]
OUTCOME_STATUSES: tuple[OutcomeStatus, ...] = get_args(OutcomeStatus)
ACRONYM_LETTERS = 4


class Span(NamedTuple):
    """A piece of a text: its characters from `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a glossary.

    Attributes:
        id: glossary and first form, as in "energy/储能": stays when lines move.
        glossary: stem of the file it stands in.
        domain: subject field; the glossary's name unless the row says otherwise.
        forms: by language code; the first is preferred, all are found and accepted.
        forbidden: by language code: renderings of this term that must not be used.
        pos: part of speech; a noun has plurals in English, a verb its verb forms, a name and
            an adjective neither.
        case: smart: lower-case words also stand for Capitalised and ALL-CAPS ones, all-caps
            forms of at most four letters are exact; exact: as written; ignore: any case.
        do_not_translate: it stands in the target as it stood in the source.
        note: for people.
        line: of the file, counted from one.
    """

    id: str
    glossary: str
    domain: str
    forms: Mapping[str, tuple[str, ...]] = field(hash=False)
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    pos: PartOfSpeech = "noun"
    case: Case = "smart"
    do_not_translate: bool = False
    note: str = ""
    line: int = 0

    def accepted(self, language: str) -> tuple[str, ...]:
        """All forms in a language, preferred first; empty when the term has none there.

        A term that is not translated has the same forms in every language.
        """
        forms = self.forms.get(language, ())
        if not forms and self.do_not_translate:
            return next(iter(self.forms.values()), ())
        return forms

    def preferred(self, language: str) -> str:
        """The form to write in a language; empty when the term has none there."""
        return next(iter(self.accepted(language)), "")

    def case_of(self, form: str) -> Case:
        """How a form is compared: a short acronym is exact unless the term ignores case."""
        if self.case != "smart" or not form.isupper():
            return self.case
        return "exact" if sum(map(str.isalpha, form)) <= ACRONYM_LETTERS else self.case


@dataclass(frozen=True, slots=True)
class TermOutcome:
    """What became of one occurrence of a term in a draft.

    Attributes:
        term: id of the term.
        source_form: the term as it stands in the source text.
        target: the preferred form in the target language.
        start: where it begins in the source text.
        end: where it ends there, exclusive.
        status: kept: the engine used an accepted form itself; repaired: decoded again with the
            term; spliced: put in place of other words, look at it; missed: not in the target;
            waived: a reviewer or the memory decided otherwise.
        target_start: where an accepted form begins in the target text; None when missed.
        target_end: where it ends there, exclusive.
    """

    term: str
    source_form: str
    target: str
    start: int
    end: int
    status: OutcomeStatus
    target_start: int | None = None
    target_end: int | None = None

    def to_record(self) -> dict[str, Any]:
        """The outcome as JSON-able values; a target span that is not there is left out."""
        record: dict[str, Any] = {
            "term": self.term,
            "source_form": self.source_form,
            "target": self.target,
            "start": self.start,
            "end": self.end,
            "status": self.status,
        }
        if self.target_start is not None and self.target_end is not None:
            record |= {"target_start": self.target_start, "target_end": self.target_end}
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The outcome of a record that `to_record` made.

        Raises:
            KeyError, ValueError: the record was not made by `to_record`.
        """
        if record["status"] not in OUTCOME_STATUSES:
            raise ValueError(f"unknown status of a term: {record['status']!r}")
        return cls(
            term=record["term"],
            source_form=record["source_form"],
            target=record["target"],
            start=record["start"],
            end=record["end"],
            status=record["status"],
            target_start=record.get("target_start"),
            target_end=record.get("target_end"),
        )
