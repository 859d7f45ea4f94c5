"""Which place in a translation renders which term of its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from yibao.glossary.match import Glossary, realised
from yibao.glossary.terms import OutcomeStatus, Span, TermOutcome


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something in a source text that its translation must have.

    Attributes:
        name: what it is; what occurs again has the same name.
        target: what to write for it.
        places: where accepted forms of it stand in the translation, in order.
    """

    name: str
    target: str
    places: Sequence[Span]


def assign(wanted: Sequence[Wanted]) -> list[Span | None]:
    """The place of each in the translation; no two names share one.

    Long forms choose first, so that "steel" is not found in "steel plate". What occurs again in
    the source may be named once in the translation: the rest may be a pronoun or left out.
    """
    spans: list[Span | None] = [None] * len(wanted)
    taken: dict[Span, str] = {}
    for i in sorted(range(len(wanted)), key=lambda i: -len(wanted[i].target)):
        name, places = wanted[i].name, wanted[i].places
        free = [p for p in places if not any(p.start < t.end and t.start < p.end for t in taken)]
        again = [p for p in places if taken.get(p) == name]
        for span in (free or again[-1:])[:1]:
            spans[i], taken[span] = span, name
    return spans


def outcomes(
    source: str,
    target: str,
    glossary: Glossary,
    languages: tuple[str, str],
    otherwise: OutcomeStatus,
) -> tuple[TermOutcome, ...]:
    """What became of the terms in a translation that was not decoded here.

    Args:
        source: the source text.
        target: its translation.
        glossary: the terms in force.
        languages: source and target code.
        otherwise: status of a term that has no accepted form in the target.
    """
    matches = glossary.matcher(*languages).find(source)
    spans = assign(
        [
            Wanted(each.term.id, each.target(languages[1]), realised(target, each, languages[1]))
            for each in matches
        ]
    )
    return tuple(
        TermOutcome(
            term=match.term.id,
            source_form=source[match.start : match.end],
            target=match.target(languages[1]),
            start=match.start,
            end=match.end,
            status="kept" if span else otherwise,
            target_start=span.start if span else None,
            target_end=span.end if span else None,
        )
        for match, span in zip(matches, spans, strict=True)
    )
