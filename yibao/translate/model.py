"""The model of a package, loaded once per process and shared by all that decode with it."""

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ctranslate2  # type: ignore[import-untyped]

from yibao.errors import PackageCorrupt
from yibao.translate.argos import argos_package
from yibao.translate.packages import Package
from yibao.translate.tokens import Tokenizer

MOST_THREADS = 16


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded package.

    Attributes:
        package: the package.
        tokenizer: its tokenizer.
        translator: CTranslate2's translator over its weights.
        tag: the piece that every output begins with to name the language, if there is one.
        end: the piece that ends an output.
    """

    package: Package
    tokenizer: Tokenizer
    translator: Any
    tag: tuple[str, ...]
    end: str

    def prefix(self, text: str) -> list[str]:
        """The pieces that force an output to begin with a text."""
        return [*self.tag, *(self.tokenizer.encode(text) if text else ())]


def load(package: Package) -> Model:
    """The model of a package; loaded at the first call, and when the file has changed.

    Raises:
        PackageCorrupt: it cannot be loaded.
    """
    try:
        stamp = (package.folder / "model" / "model.bin").stat().st_mtime_ns
    except OSError as error:
        raise PackageCorrupt(str(package.folder), f"has no model ({error})") from error
    return _loaded(package, stamp, os.getpid())


@lru_cache(maxsize=8)
def _loaded(package: Package, _stamp: int, _process: int) -> Model:
    """Load a package; a forked process loads it anew, since threads do not survive a fork."""
    folder = package.folder / "model"
    try:
        argos = argos_package().Package(package.folder)
        translator = ctranslate2.Translator(
            str(folder),
            device="cpu",
            compute_type="int8",
            inter_threads=min(len(os.sched_getaffinity(0)), MOST_THREADS),
            intra_threads=1,
        )
        config = folder / "config.json"
        settings = json.loads(config.read_text(encoding="utf-8")) if config.is_file() else {}
        tokenizer = Tokenizer(argos.tokenizer)
        tokenizer.encode(package.source)
    except (OSError, RuntimeError, ValueError, AttributeError) as error:
        raise PackageCorrupt(str(package.folder), f"cannot be loaded ({error})") from error
    tag = (argos.target_prefix,) if argos.target_prefix else ()
    return Model(package, tokenizer, translator, tag, settings.get("eos_token", "</s>"))
