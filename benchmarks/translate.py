"""Measure drafting: speed beside argostranslate's own call, and what becomes of the terms.

    nice python benchmarks/translate.py [--packages DIR] [--rounds N]

The texts are the articles of samples/expected, the packages the starters of models/ unless DIR
holds others. Every way of decoding gets the same sentences in the same process; the ways take turns
for N rounds and the fastest round of each counts, so that other load on the machine weighs on all
of them alike; CPU time tells what is left of it where the machine is busy. argostranslate's own
function is called as its `translate()` calls it, a paragraph at a time, with our sentences; with
its default threads and with one thread, since the default is slow on few cores. Only ratios carry
over to other machines.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import ctranslate2

from yibao.article import Article
from yibao.glossary import Glossary, load_glossary
from yibao.text.segment import Segment, segments
from yibao.text.sentences import split_sentences
from yibao.translate import ArgosEngine, Drafter, Package, packages
from yibao.translate.argos import argos_package

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (("zh", "en"), ("en", "zh"))
STATUSES = ("kept", "repaired", "spliced", "missed")
BEAMS = (4, 2, 1)
BASELINE = "argostranslate, default threads"


def main() -> None:
    """Print speed and term outcomes for both directions."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--packages", type=Path, help="folder of installed packages")
    given.add_argument("--rounds", type=int, default=3)
    options = given.parse_args()
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{len(os.sched_getaffinity(0))} cores, load before {load}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.packages or Path(scratch)
        if options.packages is None:
            packages.install_starters(ROOT / "models", folder)
        for source, target in PAIRS:
            package = packages.find(source, target, folder)
            if package is None:
                sys.exit(f"no package {source}_{target} in {folder}")
            print(f"\n{package.name} ({package.origin})")
            parts = list(sample_segments(source))
            speed(package, parts, options.rounds)
            term_outcomes(package, parts, all_glossaries())


def sample_segments(language: str) -> Iterator[Segment]:
    """The segments of every sample article in a language."""
    for path in sorted((ROOT / "samples" / "expected").glob("*/*.json")):
        article = Article.from_record(json.loads(path.read_text(encoding="utf-8")))
        if article.language == language:
            yield from segments(article)


def all_glossaries() -> Glossary:
    """The glossaries that ship with Yibao."""
    folder = ROOT / "glossaries"
    return load_glossary([path.stem for path in sorted(folder.glob("*.csv"))], folder)


def speed(package: Package, parts: list[Segment], rounds: int) -> None:
    """Sentences per second of each way, and how many times argostranslate's that is."""
    sentences = [s for part in parts for s in split_sentences(part.text, package.source)]
    paragraphs = [sentences[i : i + 4] for i in range(0, len(sentences), 4)]
    ways: dict[str, Callable[[], Any]] = {
        BASELINE: argostranslate_way(package, paragraphs, threads=0),
        "argostranslate, one thread": argostranslate_way(package, paragraphs, threads=1),
    }
    for beam in BEAMS:
        ways[f"Yibao, beam {beam}"] = partial(ArgosEngine(package, beam).translate, sentences)
    wall = dict.fromkeys(ways, float("inf"))
    cpu = dict(wall)
    for _ in range(rounds):
        for name, way in ways.items():
            begun, busy = time.perf_counter(), time.process_time()
            way()
            wall[name] = min(wall[name], time.perf_counter() - begun)
            cpu[name] = min(cpu[name], time.process_time() - busy)
    print(f"  {len(sentences)} sentences, paragraphs of 4, best of {rounds} rounds")
    for name, seconds in wall.items():
        rate, times = len(sentences) / seconds, wall[BASELINE] / seconds
        less = cpu[BASELINE] / cpu[name]
        print(f"  {name:32} {rate:6.1f} sentences/s {times:5.1f} x wall {less:5.1f} x CPU")


def argostranslate_way(
    package: Package, paragraphs: list[list[str]], *, threads: int
) -> Callable[[], None]:
    """Translating paragraph by paragraph with argostranslate's own function."""
    apply = _argos_translate().apply_packaged_translation
    argos = argos_package().Package(package.folder)
    model = str(package.folder / "model")
    translator = ctranslate2.Translator(model, inter_threads=1, intra_threads=threads)

    def way() -> None:
        for paragraph in paragraphs:
            apply(argos, "", translator, _Given(paragraph), num_hypotheses=1)

    return way


class _Given:
    """A sentence splitter for argostranslate that knows the sentences already."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences

    def split_sentences(self, _text: str) -> list[str]:
        """The sentences it was given."""
        return self.sentences


def _argos_translate() -> ModuleType:
    """The module `argostranslate.translate` without its sentence splitters: none is called."""
    splitter = ModuleType("minisbd")
    vars(splitter).update(SBDetect=None, models=ModuleType("minisbd.models"))
    sys.modules.setdefault("minisbd", splitter)
    sys.modules.setdefault("stanza", ModuleType("stanza"))
    from argostranslate import translate  # noqa: PLC0415  # needs the two above

    return translate


def term_outcomes(package: Package, parts: list[Segment], glossary: Glossary) -> None:
    """What became of the terms, and how long that took beside decoding alone."""
    engine = ArgosEngine(package)
    begun = time.perf_counter()
    engine.translate([s for part in parts for s in split_sentences(part.text, package.source)])
    alone = time.perf_counter() - begun
    begun = time.perf_counter()
    drafts = Drafter(engine, glossary).draft(parts)
    took = time.perf_counter() - begun
    counts = Counter(term.status for draft in drafts for term in draft.terms)
    total = max(1, counts.total())
    shares = ", ".join(f"{each} {counts[each] / total:.1%}" for each in STATUSES)
    print(f"  {counts.total()} terms in {len(parts)} segments: {shares}")
    print(f"  drafting with terms and checks takes {took / alone:.2f} x decoding alone")


if __name__ == "__main__":
    main()
