"""Terms kept: what the engine leaves out is decoded again and, failing that, put in.

Sentences are decoded freely. Where a term of the source has none of its accepted forms in the
target, in this order: another of the best renderings that has it; the sentence decoded again from
the place that attention names, beginning with the term; the term put in over the words that
attention names. What became of every term is recorded; a term that was put in (`spliced`) is
shown to the reviewer, since the words around it may no longer fit. Addresses, e-mail addresses
and @names are kept letter by letter in the same way.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yibao.glossary import (
    Glossary,
    Match,
    OutcomeStatus,
    Span,
    TermOutcome,
    Wanted,
    assign,
    realised,
)
from yibao.languages import language
from yibao.text.typography import PROTECTED, tidy
from yibao.translate.engine import Engine, Rendering
from yibao.translate.splice import Edit, place, splice

ALTERNATIVES = 4
"""Renderings to choose from for a sentence with terms."""

ROUNDS = 3
"""How often a sentence is decoded again at most, one more term in each round."""

MARGIN = 0.5
"""Nats per piece that a rendering with its terms may be worse than one without."""

_ENDS = tuple(".!?。！？…")
_QUOTES = "\"'”’)）」』"
_SHRINK, _GROW = 0.6, 1.6  # of its length, that a repaired sentence may not pass


@dataclass(frozen=True, slots=True)
class Enforced:
    """A sentence with its terms.

    Attributes:
        text: the target text, tidy.
        terms: what became of each term; places are those in the sentence and in `text`.
        score: of the rendering that the text was made from; see `Rendering`.
        loops, truncated: see `Rendering`.
    """

    text: str
    terms: tuple[TermOutcome, ...]
    score: float
    loops: bool
    truncated: bool


@dataclass(frozen=True, slots=True)
class _Need:
    """What must stand in the target: a term, or (without a match) an address as it is."""

    start: int
    end: int
    source: str
    target: str
    match: Match | None = None

    @property
    def name(self) -> str:
        return self.match.term.id if self.match else self.target

    def found(self, text: str, code: str) -> tuple[Span, ...]:
        if self.match is not None:
            return realised(text, self.match, code)
        places = re.finditer(re.escape(self.target), text)
        return tuple(Span(*each.span()) for each in places)


@dataclass(frozen=True, slots=True)
class _State:
    """A sentence on its way: its rendering so far, what became of each need, which were tried."""

    sentence: str
    needs: tuple[_Need, ...]
    rendering: Rendering
    statuses: tuple[OutcomeStatus, ...]
    code: str
    tried: frozenset[int] = frozenset()

    def missing(self) -> list[int]:
        return _missing(self.rendering.text, self.needs, self.code)


def enforce(engine: Engine, sentences: Sequence[str], glossary: Glossary) -> list[Enforced]:
    """Translate sentences and make them keep their terms, all in a few large batches.

    Args:
        engine: decodes; its languages say which terms and forms apply.
        sentences: of the engine's source language.
        glossary: the terms in force.

    Raises:
        ModelError: decoding failed.
    """
    code = engine.target
    needs = [tuple(_needs(sentence, glossary, engine)) for sentence in sentences]
    done: list[Enforced | None] = [None] * len(sentences)
    free = [i for i, each in enumerate(needs) if not each]
    for i, (rendering, *_) in zip(free, engine.translate(_at(sentences, free)), strict=True):
        done[i] = _finished(_State(sentences[i], (), rendering, (), code))
    bound = [i for i, each in enumerate(needs) if each]
    renderings = engine.translate(_at(sentences, bound), alternatives=ALTERNATIVES, aligned=True)
    states = [
        _chosen(sentences[i], needs[i], several, code)
        for i, several in zip(bound, renderings, strict=True)
    ]
    for _ in range(ROUNDS):
        if not _repair_round(engine, states):
            break
    for i, state in zip(bound, states, strict=True):
        done[i] = _finished(_spliced(state))
    return [each for each in done if each is not None]


def _at(sentences: Sequence[str], places: Sequence[int]) -> list[str]:
    return [sentences[i] for i in places]


def _needs(sentence: str, glossary: Glossary, engine: Engine) -> Iterator[_Need]:
    addresses = [
        _Need(*found.span(), found[0], found[0])
        for found in PROTECTED.finditer(sentence)
        if not found[0].startswith("#")
    ]
    matches = glossary.matcher(engine.source, engine.target).find(sentence)
    terms = [
        _term_need(sentence, match, engine.target)
        for match in matches
        if not any(a.start < match.end and match.start < a.end for a in addresses)
    ]
    yield from sorted([*addresses, *terms], key=lambda need: need.start)


def _term_need(text: str, match: Match, code: str) -> _Need:
    span = match.start, match.end
    return _Need(*span, text[slice(*span)], match.target(code), match)


def _assigned(text: str, needs: Sequence[_Need], code: str) -> list[Span | None]:
    """The place of each need in a target text."""
    return assign([Wanted(need.name, need.target, need.found(text, code)) for need in needs])


def _chosen(
    sentence: str, needs: tuple[_Need, ...], renderings: Sequence[Rendering], code: str
) -> _State:
    """The best rendering, or one of nearly its score that has more of the terms."""
    if len(needs) == 1 and not _has_word(sentence[: needs[0].start] + sentence[needs[0].end :]):
        return _only_term(sentence, needs, renderings[0], code)
    near = [each for each in renderings if each.score >= renderings[0].score - MARGIN]
    missing = [_assigned(each.text, needs, code).count(None) + each.loops for each in near]
    best = near[missing.index(min(missing))]
    first = _assigned(renderings[0].text, needs, code)
    statuses: tuple[OutcomeStatus, ...] = tuple(
        "kept" if span is not None or best is renderings[0] else "repaired" for span in first
    )
    return _State(sentence, needs, best, statuses, code)


def _only_term(sentence: str, needs: tuple[_Need, ...], rendering: Rendering, code: str) -> _State:
    """A table cell or headline that is nothing but a term is that term."""
    before, after = sentence[: needs[0].start], sentence[needs[0].end :]
    text = tidy(before + _opening(needs[0], code) + after, code)
    status: OutcomeStatus = "kept" if tidy(rendering.text, code) == text else "repaired"
    return _State(sentence, needs, replace(rendering, text=text, loops=False), (status,), code)


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _opening(need: _Need, code: str) -> str:
    """A term as a sentence begins with it."""
    form = need.target
    exact = need.match is None or need.match.term.do_not_translate
    return form if exact or not language(code).spaced else form[:1].upper() + form[1:]


def _repair_round(engine: Engine, states: list[_State]) -> bool:
    """Decode every sentence that lacks a term again, beginning with it; False if none does."""
    tries = [(i, *attempt) for i, state in enumerate(states) if (attempt := _attempt(state))]
    again = engine.translate(
        [states[i].sentence for i, _, _ in tries],
        prefixes=[prefix for _, _, prefix in tries],
        aligned=True,
    )
    for (i, need, _), (rendering, *_) in zip(tries, again, strict=True):
        state = replace(states[i], tried=states[i].tried | {need})
        if _acceptable(state, need, rendering):
            statuses = list(state.statuses)
            statuses[need] = "repaired"
            state = replace(state, rendering=rendering, statuses=tuple(statuses))
        states[i] = state
    return bool(tries)


def _attempt(state: _State) -> tuple[int, str] | None:
    """The next missing term, and how to begin so that it stands where attention puts it."""
    alignment, text = state.rendering.alignment, state.rendering.text
    for i in state.missing() if alignment else ():
        need = state.needs[i]
        located = alignment.locate(need.start, need.end) if alignment else None
        if i in state.tried or need.match is None or located is None:
            continue
        taken = [span for span in _assigned(text, state.needs, state.code) if span is not None]
        before = text[: place(text, located, taken, state.code).start].rstrip()
        joined = before + language(state.code).joiner + need.target
        return i, joined if before else _opening(need, state.code)
    return None


def _acceptable(state: _State, need: int, rendering: Rendering) -> bool:
    """Whether a repaired rendering has the term, lost no other, and is no worse for it."""
    missing = set(_missing(rendering.text, state.needs, state.code))
    return (
        missing < set(state.missing())
        and need not in missing
        and not rendering.loops
        and not rendering.truncated
        and rendering.score >= state.rendering.score - MARGIN
        and (_ended(rendering) or not _ended(state.rendering))
        and _SHRINK <= len(rendering.text) / max(1, len(state.rendering.text)) <= _GROW
    )


def _ended(rendering: Rendering) -> bool:
    """Whether it comes to its full stop: a forced beginning can make the end go missing."""
    return rendering.text.rstrip(_QUOTES)[-1:] in _ENDS


def _missing(text: str, needs: Sequence[_Need], code: str) -> list[int]:
    return [i for i, span in enumerate(_assigned(text, needs, code)) if span is None]


def _spliced(state: _State) -> _State:
    """Put in what is still missing."""
    missing = state.missing()
    if not missing:
        return state
    text, alignment = state.rendering.text, state.rendering.alignment
    taken = [span for span in _assigned(text, state.needs, state.code) if span is not None]
    edits = []
    for i in missing:
        need = state.needs[i]
        located = alignment.locate(need.start, need.end) if alignment else None
        if located is None:  # as far into the target as the term is into the source
            near = round(need.start / max(1, len(state.sentence)) * len(text))
            located = Span(near, near)
        span = place(text, located, taken, state.code)
        taken.append(span)
        edits.append(Edit(span, need.target, opening=_opening(need, state.code)))
    statuses: list[OutcomeStatus] = list(state.statuses)
    for i in missing:
        statuses[i] = "spliced"
    text = splice(text, edits, state.code)
    return replace(state, rendering=replace(state.rendering, text=text), statuses=tuple(statuses))


def _finished(state: _State) -> Enforced:
    text = tidy(state.rendering.text, state.code)
    terms = _outcomes(text, state.needs, state.statuses, state.code)
    rendering = state.rendering
    return Enforced(text, tuple(terms), rendering.score, rendering.loops, rendering.truncated)


def _outcomes(
    target: str, needs: Sequence[_Need], statuses: Sequence[OutcomeStatus], code: str
) -> Iterator[TermOutcome]:
    spans = _assigned(target, needs, code)
    for need, status, span in zip(needs, statuses, spans, strict=True):
        if need.match is not None:
            yield TermOutcome(
                term=need.match.term.id,
                source_form=need.source,
                target=need.target,
                start=need.start,
                end=need.end,
                status=status if span else "missed",
                target_start=span.start if span else None,
                target_end=span.end if span else None,
            )
