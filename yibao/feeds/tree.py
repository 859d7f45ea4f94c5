"""The outputs/ tree: built beside, then brought to a new state file by file, feeds last.

docs/decisions/0002-publishing-tree.md says why. What holds at every moment, crash or not: every
file is whole, every page that a feed or an index names is there, and the files that others put
into the folder are as they were.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from yibao.errors import PublishError

LOCK = ".lock"
MANIFEST = ".manifest.json"
BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the tree: paths relative to it."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


@contextmanager
def locked(outputs: Path) -> Iterator[None]:
    """Keep every other publication out of a tree; the folder is made if there is none.

    Raises:
        PublishError: another publication is running, or the folder cannot be written.
    """
    with _reported(outputs):
        outputs.mkdir(parents=True, exist_ok=True)
        lock = (outputs / LOCK).open("a")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PublishError(
                str(outputs),
                "another publication is running",
                "Nothing is lost: wait until it ends and publish again.",
            ) from None
        yield


def published(outputs: Path) -> frozenset[str]:
    """The files that we made, relative to the tree.

    Raises:
        PublishError: the list of them is damaged.
    """
    manifest = outputs / MANIFEST
    with _reported(outputs):
        try:
            content = manifest.read_bytes()
        except FileNotFoundError:
            return frozenset()
    try:
        paths = json.loads(content)["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(manifest) from error
    if not isinstance(paths, list) or not all(map(_is_ours, paths)):
        raise _damaged(manifest)
    return frozenset(paths)


def update(outputs: Path, files: Mapping[str, bytes], keep: Collection[str] = ()) -> Change:
    """Bring the tree to a new state; the caller holds `locked`.

    Args:
        outputs: the tree.
        files: all that shall stand, by path; replaced in this order, so what is pointed at must
            come before what points at it.
        keep: paths that are not made this time but stay as they are, if they stand.

    Raises:
        PublishError: the folder cannot be written, is full, or a file of somebody else stands in
            the way. What was published before still stands.
    """
    with _reported(outputs):
        _sweep(outputs)
        known = published(outputs)
        changed = [path for path, content in files.items() if _differs(outputs, path, content)]
        for path in changed:
            if path not in known and (outputs / path).exists():
                raise PublishError(
                    str(outputs / path),
                    "a file that Yibao did not make stands where it publishes",
                    "Move it away, or delete it, and publish again.",
                )
        removed = sorted(known - set(files) - set(keep))
        standing = (known - set(removed)) | set(files)
        if changed or standing != known:
            _swap(outputs, {path: files[path] for path in changed}, removed, standing)
    unchanged = tuple(path for path in files if path not in set(changed))
    return Change(tuple(changed), unchanged, tuple(removed))


def _swap(
    outputs: Path, changed: Mapping[str, bytes], removed: Iterable[str], standing: frozenset[str]
) -> None:
    """Write beside, replace in order, remove.

    The list of our files is widened before the first file stands and narrowed after the last is
    gone: whenever the power fails, no file of ours is unknown to the next run.
    """
    building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=outputs))
    try:
        for number, content in enumerate(changed.values()):
            _write(building / str(number), content)
        wide, narrow = building / "wide", building / "narrow"
        _write(wide, _manifest(standing | set(removed)))
        _write(narrow, _manifest(standing))
        folders = {(outputs / path).parent for path in changed}
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        wide.replace(outputs / MANIFEST)
        for number, path in enumerate(changed):
            (building / str(number)).replace(outputs / path)
        for path in removed:
            (outputs / path).unlink(missing_ok=True)
            _prune((outputs / path).parent, outputs)
        narrow.replace(outputs / MANIFEST)
        for folder in {*folders, outputs}:
            _sync(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _differs(outputs: Path, path: str, content: bytes) -> bool:
    try:
        return (outputs / path).read_bytes() != content
    except FileNotFoundError:
        return True


def _write(path: Path, content: bytes) -> None:
    """Write a file that survives a power failure once it is renamed."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(outputs: Path) -> None:
    """Clear away what a crashed publication left; the lock says that none is running."""
    for left in outputs.glob(f"{BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _prune(folder: Path, outputs: Path) -> None:
    """Remove folders that a removal left empty."""
    while folder != outputs and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _manifest(paths: Iterable[str]) -> bytes:
    return (json.dumps({"files": sorted(paths)}, indent=1) + "\n").encode()


def _is_ours(path: object) -> bool:
    """Whether a path can be one that we wrote down: relative, and inside the tree."""
    if not isinstance(path, str):
        return False
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts


def _damaged(manifest: Path) -> PublishError:
    return PublishError(
        str(manifest),
        "the list of published files is damaged",
        "Restore it from a backup, or empty outputs/ and publish again: everything is made anew.",
    )


@contextmanager
def _reported(outputs: Path) -> Iterator[None]:
    """Turn errors of the operating system into ours."""
    try:
        yield
    except OSError as error:
        where = str(error.filename or outputs)
        raise PublishError(where, error.strerror or str(error)) from error
