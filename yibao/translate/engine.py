"""Decoding: many sentences at once, with CTranslate2, over an Argos package.

argostranslate decodes a paragraph at a time in batches of 32 tokens. Here all sentences of a call
are decoded together, sorted by length, in int8, one batch on each core: several times the speed
(benchmarks/translate.py measures it), and scores, attention, alternatives and forced beginnings
can be had.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from yibao.errors import ModelError, PackageMissing
from yibao.translate.alignment import Alignment, Attention, Through
from yibao.translate.model import Model, load
from yibao.translate.packages import Package, find
from yibao.translate.repetition import loops
from yibao.translate.tokens import spans

BEAM = 4
BATCH_TOKENS = 1024
LONGEST_INPUT = 480
"""Pieces; models of this format have positions for 512. Longer input is cut, and said to be."""
LONGEST_OUTPUT = 480
PIVOT = "en"

_LENGTH_PENALTY = 0.2  # as argostranslate decodes
_AT_LEAST = 24  # pieces that even the shortest sentence may have in the target
_BUCKETS = (16, 32, 64, 128, 256, LONGEST_INPUT)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence as the engine translated it.

    Attributes:
        text: the target text, untouched: marks and spaces are as the model writes them.
        score: mean log-probability of a piece that the model chose, natural logarithm, <= 0.
        loops: it goes round in circles, even after a second try without repetitions.
        truncated: the input or the output met the length limit; something is missing.
        alignment: which words stand for which, if it was asked for.
    """

    text: str
    score: float = 0.0
    loops: bool = False
    truncated: bool = False
    alignment: Alignment | None = None


class Engine(Protocol):
    """Translates sentences of one language into another."""

    @property
    def id(self) -> str:
        """Name and version of the model; equal ids give equal drafts."""

    @property
    def source(self) -> str:
        """Code of the language it reads."""

    @property
    def target(self) -> str:
        """Code of the language it writes."""

    def translate(
        self,
        sentences: Sequence[str],
        *,
        alternatives: int = 1,
        aligned: bool = False,
        prefixes: Sequence[str] | None = None,
    ) -> list[tuple[Rendering, ...]]:
        """The renderings of each sentence, the best first, in the order of the sentences.

        Args:
            sentences: any text; one without content gives one empty rendering.
            alternatives: how many renderings at most.
            aligned: whether alignments are wanted.
            prefixes: how each rendering must begin; "" leaves it free.

        Raises:
            ModelError: decoding failed.
        """


@dataclass(frozen=True, slots=True)
class ArgosEngine:
    """An installed Argos package as an engine; its model is loaded once per process.

    Attributes:
        package: the package.
        beam: hypotheses kept at each step; 1 is fastest, 4 is what Argos decodes with.
    """

    package: Package
    beam: int = BEAM

    @property
    def id(self) -> str:
        """Name and version of the package; a beam of its own is part of it."""
        return self.package.name if self.beam == BEAM else f"{self.package.name} beam {self.beam}"

    @property
    def source(self) -> str:
        """Code of the language it reads."""
        return self.package.source

    @property
    def target(self) -> str:
        """Code of the language it writes."""
        return self.package.target

    def translate(
        self,
        sentences: Sequence[str],
        *,
        alternatives: int = 1,
        aligned: bool = False,
        prefixes: Sequence[str] | None = None,
    ) -> list[tuple[Rendering, ...]]:
        """See `Engine.translate`.

        Raises:
            PackageCorrupt: the model cannot be loaded.
            ModelError: decoding failed.
        """
        model = load(self.package)
        work = [
            _Work(text, model.tokenizer.encode(text), model.prefix(prefix))
            for text, prefix in zip(sentences, prefixes or [""] * len(sentences), strict=True)
        ]
        options: dict[str, Any] = {
            "beam_size": max(self.beam, alternatives),
            "num_hypotheses": alternatives,
            "return_attention": aligned,
        }
        done = _decoded(model, work, options)
        again = [i for i, renderings in enumerate(done) if renderings[0].loops]
        if again:
            options |= {"no_repeat_ngram_size": 3, "repetition_penalty": 1.2}
            for i, renderings in zip(
                again, _decoded(model, [work[i] for i in again], options), strict=True
            ):
                done[i] = renderings
        return done


@dataclass(frozen=True, slots=True)
class PivotEngine:
    """Two engines in a row, for a pair without a package of its own."""

    first: Engine
    second: Engine

    @property
    def id(self) -> str:
        """The ids of both engines."""
        return f"{self.first.id} + {self.second.id}"

    @property
    def source(self) -> str:
        """Code of the language it reads."""
        return self.first.source

    @property
    def target(self) -> str:
        """Code of the language it writes."""
        return self.second.target

    def translate(
        self,
        sentences: Sequence[str],
        *,
        alternatives: int = 1,
        aligned: bool = False,
        prefixes: Sequence[str] | None = None,
    ) -> list[tuple[Rendering, ...]]:
        """See `Engine.translate`; scores of both legs add up, alternatives are the second's."""
        middle = [each[0] for each in self.first.translate(sentences, aligned=aligned)]
        last = self.second.translate(
            [each.text for each in middle],
            alternatives=alternatives,
            aligned=aligned,
            prefixes=prefixes,
        )
        return [
            tuple(_through(leg, rendering) for rendering in renderings)
            for leg, renderings in zip(middle, last, strict=True)
        ]


def open_engine(source: str, target: str, packages: Path) -> Engine:
    """The engine for a pair of languages, through English if there is no direct package.

    Args:
        source: code of the language to read.
        target: code of the language to write.
        packages: folder of installed packages.

    Raises:
        PackageMissing: neither a direct package nor both legs through English.
    """
    direct = find(source, target, packages)
    if direct is not None:
        return ArgosEngine(direct)
    first, second = find(source, PIVOT, packages), find(PIVOT, target, packages)
    if first is not None and second is not None:
        return PivotEngine(ArgosEngine(first), ArgosEngine(second))
    raise PackageMissing(f"{source} to {target}", f"none in {packages}, nor both through {PIVOT}")


@dataclass(frozen=True, slots=True)
class _Work:
    text: str
    pieces: list[str]
    prefix: list[str]


def _decoded(
    model: Model, work: Sequence[_Work], options: dict[str, Any]
) -> list[tuple[Rendering, ...]]:
    """Decode in buckets of like length, each with an output limit that fits it.

    All buckets are queued at once; a loop in a short sentence ends at the short one's limit.
    """
    queued: list[tuple[int, Any]] = []
    try:
        for limit, members in _buckets(work):
            results = model.translator.translate_batch(
                [work[i].pieces for i in members],
                [work[i].prefix for i in members],
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                length_penalty=_LENGTH_PENALTY,
                max_input_length=LONGEST_INPUT,
                max_decoding_length=limit,
                replace_unknowns=True,
                return_scores=True,
                return_end_token=True,
                asynchronous=True,
                **options,
            )
            queued += zip(members, results, strict=True)
        done: list[tuple[Rendering, ...]] = [(Rendering(""),)] * len(work)
        for i, result in queued:
            done[i] = tuple(_renderings(model, work[i], result.result()))
    except RuntimeError as error:
        raise ModelError(model.package.name, f"decoding failed ({error})") from error
    return done


def _buckets(work: Sequence[_Work]) -> Iterator[tuple[int, list[int]]]:
    """Places of like length together, with the output limit for them; empty ones in none."""
    places: dict[int, list[int]] = {}
    for i, each in enumerate(work):
        if each.text.strip() and each.pieces:
            bucket = bisect_left(_BUCKETS[:-1], len(each.pieces))
            places.setdefault(_BUCKETS[bucket], []).append(i)
    # The longest first: what takes long must not be what is left when one core is idle.
    for longest, members in sorted(places.items(), reverse=True):
        forced = max(len(work[i].prefix) for i in members)
        yield min(2 * longest + _AT_LEAST + forced, LONGEST_OUTPUT), members


def _renderings(model: Model, work: _Work, result: Any) -> Iterable[Rendering]:
    for i, hypothesis in enumerate(result.hypotheses):
        finished = hypothesis[-1:] == [model.end]
        pieces = hypothesis[len(model.tag) : len(hypothesis) - finished]
        text = model.tokenizer.decode(pieces)
        chosen = len(hypothesis) - len(work.prefix)
        total = result.scores[i] * len(hypothesis) ** _LENGTH_PENALTY
        alignment = None
        if result.attention:
            rows = result.attention[i][len(model.tag) :][: len(pieces)]
            there = spans(work.text, work.pieces[:LONGEST_INPUT])
            weights = tuple(tuple(row[: len(there)]) for row in rows)
            alignment = Attention(there, spans(text, pieces), weights)
        yield Rendering(
            text=text,
            score=min(total / max(chosen, 1), 0.0),
            loops=loops(pieces) and not loops(work.pieces),
            truncated=not finished or len(work.pieces) > LONGEST_INPUT,
            alignment=alignment,
        )


def _through(leg: Rendering, rendering: Rendering) -> Rendering:
    alignment = None
    if leg.alignment is not None and rendering.alignment is not None:
        alignment = Through(leg.alignment, rendering.alignment)
    return Rendering(
        text=rendering.text,
        score=leg.score + rendering.score,
        loops=leg.loops or rendering.loops,
        truncated=leg.truncated or rendering.truncated,
        alignment=alignment,
    )
