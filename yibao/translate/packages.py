"""Argos packages: found, checked, installed, fetched from Argos' index or a mirror of it.

An `.argosmodel` is a zip with one root folder: `metadata.json`, `model/` (CTranslate2) and
`sentencepiece.model` or `bpe.model`. It is unpacked beside its place, loaded and made to translate
once, and only then moved into it: what was installed before stays until the new one works.
"""

import errno
import hashlib
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import ctranslate2  # type: ignore[import-untyped]
from packaging.version import InvalidVersion, Version

from yibao.errors import ModelError, PackageCorrupt, PackageMissing
from yibao.translate.argos import argos_package
from yibao.translate.index import best_entries, download

Origin = Literal["starter", "official", "file"]
SUFFIX = ".argosmodel"
NOTE = "yibao.json"
"""Written into an installed package: where it came from and the digest of its file."""

_ORIGINS: dict[Any, Origin] = {each: each for each in get_args(Origin)}
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Package:
    """An installed translation package.

    Attributes:
        source, target: language codes; empty when its metadata cannot be read.
        version: as its metadata says.
        folder: where it lies.
        origin: a starter that ships with Yibao, fetched from an index, or a file of yours.
        digest: SHA-256 of the file it was installed from, in hexadecimal; empty if not known.
    """

    source: str
    target: str
    version: str
    folder: Path
    origin: Origin = "file"
    digest: str = ""

    @property
    def name(self) -> str:
        """How logs, drafts and errors name it: "argos zh_en 1.9"."""
        return f"argos {self.source}_{self.target} {self.version}"

    @property
    def rank(self) -> tuple[bool, Version]:
        """Of two packages for a pair, the one with the higher rank is used."""
        return self.origin != "starter", Version(self.version)


def installed(folder: Path) -> list[Package]:
    """The packages in a folder that can be read, the best of every pair first."""
    packages = [package for package, error in _listed(folder) if error is None]
    packages.sort(key=lambda each: each.rank, reverse=True)
    return sorted(packages, key=lambda each: (each.source, each.target))


def find(source: str, target: str, folder: Path) -> Package | None:
    """The package to use for a pair: the highest version, and a starter only if it must be."""
    pairs = (each for each in installed(folder) if (each.source, each.target) == (source, target))
    return next(pairs, None)


def verify(folder: Path) -> list[tuple[Package, ModelError | None]]:
    """Every package in a folder, and what is wrong with it: each is made to translate."""
    return [(package, error or _broken(package)) for package, error in _listed(folder)]


def install_file(
    path: Path, folder: Path, *, origin: Origin = "file", pair: tuple[str, str] | None = None
) -> Package:
    """Install an `.argosmodel` file; one that is installed already is left as it is.

    Args:
        path: the file.
        folder: where packages are installed; made if it is not there.
        origin: where the file came from.
        pair: the languages it must translate; any if not given.

    Raises:
        PackageCorrupt: no zip, incomplete, for another pair, or its model does not run.
        ModelError: the file cannot be read, or the disk is full; nothing was changed.
    """
    with _disk_errors(path):
        digest = _digest(path)
        for package in installed(folder):
            if package.digest == digest and _broken(package) is None:
                return package
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".incoming-", dir=folder) as staging:
            root = _unpacked(path, Path(staging))
            package = _read(root)
            if pair is not None and (package.source, package.target) != pair:
                said, wanted = f"{package.source}_{package.target}", "_".join(pair)
                raise PackageCorrupt(str(path), f"translates {said}, not {wanted}", _OTHER_FILE)
            if error := _broken(package):
                raise PackageCorrupt(str(path), error.detail, _OTHER_FILE)
            _write_note(root, origin, digest)
            return _read(_moved(root, folder / _folder_name(package), Path(staging)))


def install_starters(starter_folder: Path, folder: Path) -> list[Package]:
    """Install the starter packages that ship with Yibao.

    Raises:
        PackageMissing: there are none.
        ModelError: see `install_file`.
    """
    files = sorted(starter_folder.glob(f"*{SUFFIX}"))
    if not files:
        raise PackageMissing(str(starter_folder), f"holds no {SUFFIX} file", "Restore it from git.")
    return [install_file(path, folder, origin="starter") for path in files]


def install_official(
    pairs: Sequence[tuple[str, str]], folder: Path, index_url: str | None = None
) -> list[Package]:
    """Install the newest official package for each pair; one that is there already is kept.

    Args:
        pairs: source and target codes.
        folder: where packages are installed.
        index_url: index of a mirror (the file or its folder); Argos' own if not given.

    Raises:
        PackageMissing: the index has none for a pair.
        PackageCorrupt: what came is damaged or for another pair.
        ModelError: network or disk failed. In every case what was installed still stands.
    """
    packages = []
    for entry in best_entries(pairs, index_url):
        there = find(entry.source, entry.target, folder)
        if there and there.rank >= (True, entry.version) and _broken(there) is None:
            packages.append(there)
            continue
        name = f"{entry.source}_{entry.target}"
        with _disk_errors(folder / name):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".fetched-", dir=folder) as staging:
                path = Path(staging) / f"{name}{SUFFIX}"
                download(entry, path)
                pair = (entry.source, entry.target)
                packages.append(install_file(path, folder, origin="official", pair=pair))
    return packages


def _listed(folder: Path) -> Iterator[tuple[Package, ModelError | None]]:
    """Every folder that is meant to be a package; hidden ones are installations under way."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith("."):
            try:
                yield _read(path), None
            except PackageCorrupt as error:
                yield Package("", "", "", path), error


def _read(root: Path) -> Package:
    """A package's metadata, through argostranslate; its model is not touched.

    Raises:
        PackageCorrupt: no metadata, or not that of a translation package.
    """
    try:
        argos = argos_package().Package(root)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise PackageCorrupt(str(root), f"metadata.json cannot be read ({error})") from error
    source, target, version = str(argos.from_code), str(argos.to_code), str(argos.package_version)
    if argos.type != "translate" or not (_CODE.fullmatch(source) and _CODE.fullmatch(target)):
        raise PackageCorrupt(str(root), "metadata.json names no pair of languages")
    try:
        Version(version)
    except InvalidVersion:
        raise PackageCorrupt(str(root), f"metadata.json has no version: {version!r}") from None
    if not hasattr(argos, "tokenizer"):
        raise PackageCorrupt(str(root), "neither sentencepiece.model nor bpe.model is in it")
    note = _note(root)
    return Package(
        source=source,
        target=target,
        version=version,
        folder=root,
        origin=_ORIGINS.get(note.get("origin"), "file"),
        digest=str(note.get("digest", "")),
    )


def _broken(package: Package) -> PackageCorrupt | None:
    """What keeps a package from translating; None if it translates."""
    model = package.folder / "model"
    if not (model / "model.bin").is_file():
        return PackageCorrupt(str(package.folder), "model/model.bin is not in it")
    try:
        argos = argos_package().Package(package.folder)
        pieces = argos.tokenizer.encode("2026")
        prefix = [[argos.target_prefix]] if argos.target_prefix else None
        translator = ctranslate2.Translator(str(model), inter_threads=1, intra_threads=1)
        result = translator.translate_batch([pieces], prefix, beam_size=1, max_decoding_length=4)
        written = result[0].hypotheses[0]
        argos.tokenizer.decode(written)
    except (OSError, RuntimeError, ValueError, TypeError, KeyError) as error:
        return PackageCorrupt(str(package.folder), f"cannot be loaded ({error})")
    if prefix and written[:1] != prefix[0]:
        detail = f"cannot be loaded (its vocabulary lacks {argos.target_prefix})"
        return PackageCorrupt(str(package.folder), detail)
    return None


def _unpacked(path: Path, staging: Path) -> Path:
    """Unpack a package file; gives its root folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(each.file_size for each in archive.infolist())
            free = shutil.disk_usage(staging).free
            if size > free:
                raise OSError(errno.ENOSPC, f"{size >> 20} MiB needed, {free >> 20} MiB free")
            archive.extractall(staging)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise PackageCorrupt(str(path), f"not a whole zip file ({error})", _OTHER_FILE) from error
    except (RuntimeError, zlib.error) as error:
        raise PackageCorrupt(str(path), f"cannot be unpacked ({error})", _OTHER_FILE) from error
    roots = [each.parent for each in staging.glob("*/metadata.json")]
    if len(roots) != 1:
        raise PackageCorrupt(str(path), "not one folder with metadata.json", _OTHER_FILE)
    return roots[0]


def _moved(root: Path, place: Path, staging: Path) -> Path:
    """Put an unpacked package in its place; what stood there goes away with `staging`."""
    if place.exists():
        place.rename(staging / ".before")
    try:
        root.rename(place)
    except OSError:
        if (staging / ".before").exists():
            (staging / ".before").rename(place)
        raise
    return place


def _folder_name(package: Package) -> str:
    version = package.version.replace(".", "_")
    return f"translate-{package.source}_{package.target}-{version}"


def _note(root: Path) -> dict[str, Any]:
    try:
        note = json.loads((root / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # installed by argostranslate itself
    return note if isinstance(note, dict) else {}


def _write_note(root: Path, origin: Origin, digest: str) -> None:
    note = json.dumps({"origin": origin, "digest": digest})
    (root / NOTE).write_text(note + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    """Say what the disk refused in the house's words."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise ModelError(
                str(path), f"the disk is full ({error})", "Make room and install again."
            ) from error
        raise ModelError(str(path), f"could not be installed ({error})") from error


_OTHER_FILE = "Fetch the file again; what was installed before still stands."
