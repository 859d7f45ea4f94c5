"""House terms of a segment: where they stand in the source, what became of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yibao.desk import house
from yibao.desk.models import Segment
from yibao.errors import GlossaryError
from yibao.glossary import Term, TermOutcome

KEYED_TERMS = 9
"""How many terms of a segment have a key of their own."""
Form = tuple[str, str]
"""A term as it stands in the source, and the house's rendering."""


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A house term in a source segment.

    Attributes:
        number: of its key, Alt+1 and so on; None for those beyond nine and for repetitions.
        source: the form in the source.
        target: the house's rendering.
        status: what became of it in the text as it stands.
        hint: the glossary's note, and what must not be written.
    """

    number: int | None
    source: str
    target: str
    status: str
    hint: str

    @property
    def status_label(self) -> str:
        """The status in a word."""
        words = {
            "kept": _("kept"),
            "repaired": _("repaired"),
            "spliced": _("put in"),
            "missed": _("missing"),
            "waived": _("waived"),
        }
        return str(words[self.status])

    @property
    def tone(self) -> str:
        """The colour of the status."""
        tones = {"kept": "good", "missed": "bad", "spliced": "careful", "repaired": "info"}
        return tones.get(self.status, "")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the source; a term where it is one."""

    text: str
    term: ShownTerm | None = None


def source_parts(
    segment: Segment, glossed: Mapping[str, Term], language: str, waived: Collection[Form]
) -> list[Part]:
    """The source, cut where terms begin and end.

    Args:
        segment: with the outcomes of its terms.
        glossed: the terms in force by id.
        language: code of the language translated into.
        waived: forms that a person said do not apply here.
    """
    source = str(segment.source)
    outcomes = sorted(map(TermOutcome.from_record, segment.terms), key=lambda each: each.start)
    shown = _shown(outcomes, glossed, language, waived)
    parts, at = [], 0
    for outcome in outcomes:
        if outcome.start >= at:
            parts.append(Part(source[at : outcome.start]))
            form = source[outcome.start : outcome.end]
            parts.append(Part(form, shown[outcome.source_form, outcome.target]))
            at = outcome.end
    return [part for part in (*parts, Part(source[at:])) if part.text]


def terms_in_force(source: str) -> dict[str, Term]:
    """A source's terms by id; none where a glossary is broken, which is a finding already."""
    try:
        return {term.id: term for term in house.glossary_of(source).terms}
    except GlossaryError:
        return {}


def _shown(
    outcomes: Iterable[TermOutcome],
    glossed: Mapping[str, Term],
    language: str,
    waived: Collection[Form],
) -> dict[Form, ShownTerm]:
    """A term per source form and rendering; missing anywhere is missing."""
    status: dict[Form, str] = {}
    ids: dict[Form, str] = {}
    for outcome in outcomes:
        form = (outcome.source_form, outcome.target)
        ids[form] = outcome.term
        if status.get(form) != "missed":
            status[form] = outcome.status
    return {
        form: ShownTerm(
            number if number <= KEYED_TERMS else None,
            *form,
            "waived" if status[form] == "missed" and form in waived else status[form],
            _hint(glossed.get(ids[form]), language),
        )
        for number, form in enumerate(status, 1)
    }


def _hint(term: Term | None, language: str) -> str:
    if term is None:
        return ""
    forbidden = ", ".join(term.forbidden.get(language, ()))
    never = _("never: %(forms)s") % {"forms": forbidden} if forbidden else ""
    return " · ".join(filter(None, (term.note, never)))
