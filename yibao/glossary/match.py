"""Finding terms in a source text, and their renderings in a target text."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import ahocorasick  # type: ignore[import-not-found]  # a C extension without stubs

from yibao.glossary.english import noun_forms, verb_forms, without_article
from yibao.glossary.fold import Folded, fold
from yibao.glossary.terms import Case, Span, Term


@dataclass(frozen=True, slots=True)
class Match:
    """An occurrence of a term in a source text.

    Attributes:
        term: the term.
        start: where it begins in the text.
        end: where it ends there, exclusive.
        form: the form of the glossary that was met, not inflected.
    """

    term: Term
    start: int
    end: int
    form: str

    def target(self, language: str) -> str:
        """What to write for it: the preferred form, or the form met if it is not translated."""
        return self.form if self.term.do_not_translate else self.term.preferred(language)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One way to write a form of a term: the form itself or an inflected one."""

    term: Term
    form: str
    cased: str
    case: Case

    def fits(self, found: str) -> bool:
        """Whether folded, cased text is written as the term's case asks."""
        if found == self.cased or self.case == "ignore":
            return True
        if self.case == "exact":
            return False
        return all(
            there == here or there in (here[:1].upper() + here[1:], here.upper())
            for there, here in zip(found.split(" "), self.cased.split(" "), strict=True)
        )


class Matcher:
    """Finds the terms of a glossary in texts of one language, all in one pass.

    The automaton is that of Aho and Corasick; of overlapping terms the one that begins first
    is taken, of those the longest, of those the first glossary's.
    """

    def __init__(self, terms: Iterable[Term], source: str, target: str) -> None:
        candidates: dict[str, list[_Candidate]] = {}
        for term in terms:
            if term.accepted(target):
                for form in term.accepted(source):
                    for candidate in _candidates(term, form, source):
                        key = candidate.cased.lower()
                        candidates.setdefault(key, []).append(candidate)
        self._automaton = ahocorasick.Automaton()
        for key, several in candidates.items():
            self._automaton.add_word(key, (len(key), tuple(several)))
        self._empty = not candidates
        if candidates:
            self._automaton.make_automaton()

    def find(self, text: str) -> tuple[Match, ...]:
        """The terms in a text, in order, without overlaps."""
        if self._empty:
            return ()
        folded = fold(text)
        found: list[tuple[int, int, _Candidate]] = []
        for last, (length, candidates) in self._automaton.iter(folded.lower):
            start, end = last + 1 - length, last + 1
            candidate = _fitting(folded, start, end, candidates)
            if candidate is not None:
                found.append((start, -end, candidate))
        found.sort(key=lambda each: each[:2])
        return tuple(_matches(folded, found))


@dataclass(frozen=True)
class Glossary:
    """Terms in order of precedence.

    Attributes:
        terms: of the first glossary named, then of the second, and so on.
        version: short digest of all that bears on a draft; notes, line numbers and the order of
            rows do not.
    """

    terms: tuple[Term, ...]
    version: str = field(init=False)
    _matchers: dict[tuple[str, str], Matcher] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", _version(self.terms))

    def __reduce__(self) -> tuple[type["Glossary"], tuple[tuple[Term, ...]]]:
        """Pickle the terms alone: matchers are made again where they are needed."""
        return Glossary, (self.terms,)

    def matcher(self, source_language: str, target_language: str) -> Matcher:
        """The matcher for a direction; made at the first call, then kept."""
        direction = (source_language, target_language)
        if direction not in self._matchers:
            self._matchers[direction] = Matcher(self.terms, *direction)
        return self._matchers[direction]


def realised(text: str, match: Match | Term, language: str) -> tuple[Span, ...]:
    """Where accepted forms of a term stand in a target text, in order, without overlaps.

    English is met in any regular inflection, with hyphen or space, with or without an article.
    """
    term = match.term if isinstance(match, Match) else match
    return _found(text, _accepted_candidates(term, language))


def forbidden(text: str, term: Term, language: str) -> tuple[Span, ...]:
    """Where forbidden renderings of a term stand in a target text, in order.

    One that is only a part of an accepted form standing there is none.
    """
    accepted = realised(text, term, language)
    return tuple(
        span
        for span in _found(text, _forbidden_candidates(term, language))
        if not any(good.start <= span.start and span.end <= good.end for good in accepted)
    )


def _candidates(term: Term, form: str, language: str) -> Iterator[_Candidate]:
    case = term.case_of(form)
    seen = set()
    for written in _written(term, form, language):
        cased = fold(written).cased.strip()
        if cased not in seen:
            seen.add(cased)
            yield _Candidate(term, form, cased, case)


def _written(term: Term, form: str, language: str) -> tuple[str, ...]:
    if language != "en" or term.do_not_translate:
        return (form,)
    bare = without_article(form)
    if term.pos == "noun":
        return noun_forms(bare)
    if term.pos == "verb":
        return verb_forms(bare)
    return (bare,)


@lru_cache(maxsize=4096)
def _accepted_candidates(term: Term, language: str) -> tuple[_Candidate, ...]:
    forms = term.accepted(language)
    return tuple(each for form in forms for each in _candidates(term, form, language))


@lru_cache(maxsize=4096)
def _forbidden_candidates(term: Term, language: str) -> tuple[_Candidate, ...]:
    forms = term.forbidden.get(language, ())
    return tuple(each for form in forms for each in _candidates(term, form, language))


def _found(text: str, candidates: Iterable[_Candidate]) -> tuple[Span, ...]:
    folded = fold(text)
    found = [
        (start, -end, candidate)
        for candidate in candidates
        for start, end in _occurrences(folded.lower, candidate.cased.lower())
        if _fitting(folded, start, end, (candidate,))
    ]
    found.sort(key=lambda each: each[:2])
    return tuple(Span(match.start, match.end) for match in _matches(folded, found))


def _occurrences(text: str, form: str) -> Iterator[tuple[int, int]]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + 1)


def _fitting(
    folded: Folded, start: int, end: int, candidates: Iterable[_Candidate]
) -> _Candidate | None:
    if not folded.bounded(start, end):
        return None
    found = folded.cased[start:end]
    return next((each for each in candidates if each.fits(found)), None)


def _matches(folded: Folded, found: Iterable[tuple[int, int, _Candidate]]) -> Iterator[Match]:
    """Of occurrences sorted by start, then longest first: those that overlap none before."""
    free = 0
    for start, negative_end, candidate in found:
        if start >= free:
            free = -negative_end
            span = folded.span(start, free)
            yield Match(candidate.term, span.start, span.end, candidate.form)


def _version(terms: Iterable[Term]) -> str:
    order: dict[str, list[str]] = {}
    for term in terms:
        said = [term.id, term.forms, term.forbidden, term.pos, term.case, term.do_not_translate]
        order.setdefault(term.glossary, []).append(json.dumps(said, sort_keys=True))
    digest = hashlib.sha256()
    for glossary, lines in order.items():
        digest.update("\n".join([glossary, *sorted(lines)]).encode())
    return digest.hexdigest()[:12]
