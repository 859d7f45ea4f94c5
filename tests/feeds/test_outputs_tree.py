"""The published tree: whole files, nothing lost, nothing of others touched, whatever happens."""

import errno
import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from yibao.errors import PublishError
from yibao.feeds import tree

OLD = {"style.css": b"old style", "en/2026/a.html": b"old page", "en/feed.rss": b"old feed"}
NEW = {
    "style.css": b"old style",
    "en/2026/a.html": b"new page",
    "en/2026/b.html": b"more",
    "en/feed.rss": b"new feed",
}

# Publishes NEW over OLD again and again, in a process of its own each time, and kills it at its
# first step on the disk, then at its second, until one survives; prints the exit codes.
KILL_AT_EVERY_STEP = """
import json, os, sys
from itertools import count
from pathlib import Path
from yibao.feeds import tree

root = Path(sys.argv[1])
old, new = ({p: c.encode() for p, c in files.items()} for files in json.loads(sys.argv[2]))

def update(outputs, files):
    with tree.locked(outputs):
        tree.update(outputs, files)

def die_at(left):
    def step(function):
        def stepped(*args, **kwargs):
            nonlocal left
            if not left:
                os._exit(9)
            left -= 1
            return function(*args, **kwargs)
        return stepped
    for name in ("replace", "unlink", "mkdir", "rmdir"):
        setattr(Path, name, step(getattr(Path, name)))
    tree._write = step(tree._write)

codes = []
for number in count():
    outputs = root / str(number)
    update(outputs, old)
    child = os.fork()
    if not child:
        die_at(number)
        update(outputs, new)
        os._exit(0)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    if codes[-1] != 9:
        break
print(json.dumps(codes))
"""


def standing(outputs: Path) -> dict[str, bytes]:
    """Every visible file of the tree."""
    return {
        str(path.relative_to(outputs)): path.read_bytes()
        for path in outputs.rglob("*")
        if path.is_file() and not path.relative_to(outputs).parts[0].startswith(".")
    }


def update(outputs: Path, files, **kept) -> tree.Change:
    with tree.locked(outputs):
        return tree.update(outputs, files, **kept)


@pytest.fixture
def outputs(tmp_path) -> Path:
    folder = tmp_path / "outputs"
    update(folder, OLD)
    return folder


class TestState:
    def test_the_tree_becomes_what_was_asked(self, outputs):
        change = update(outputs, NEW)
        assert standing(outputs) == NEW
        assert change.written == ("en/2026/a.html", "en/2026/b.html", "en/feed.rss")
        assert change.unchanged == ("style.css",)

    def test_an_unchanged_tree_is_not_written_to(self, outputs):
        before = {path: path.stat().st_mtime_ns for path in outputs.rglob("*")}
        change = update(outputs, OLD)
        assert change == tree.Change((), tuple(OLD), ())
        lock = outputs / tree.LOCK
        after = {path: path.stat().st_mtime_ns for path in outputs.rglob("*")}
        assert {p: t for p, t in after.items() if p != lock} == {
            p: t for p, t in before.items() if p != lock
        }

    def test_what_no_longer_belongs_goes_with_its_empty_folder(self, outputs):
        change = update(outputs, {"style.css": b"old style"})
        assert change.removed == ("en/2026/a.html", "en/feed.rss")
        assert standing(outputs) == {"style.css": b"old style"}
        assert not (outputs / "en").exists()

    def test_what_is_kept_stays_though_it_is_not_made(self, outputs):
        update(outputs, {"style.css": b"old style"}, keep={"en/2026/a.html", "never/stood.html"})
        assert set(standing(outputs)) == {"style.css", "en/2026/a.html"}
        update(outputs, {"style.css": b"old style"})
        assert set(standing(outputs)) == {"style.css"}

    def test_a_file_that_was_damaged_or_lost_is_made_again(self, outputs):
        (outputs / "en/feed.rss").write_bytes(b"half a fe")
        (outputs / "style.css").unlink()
        update(outputs, OLD)
        assert standing(outputs) == OLD

    def test_files_can_be_read_by_the_web_server(self, outputs):
        assert (outputs / "en/feed.rss").stat().st_mode & 0o044 == 0o044

    def test_files_are_replaced_in_the_order_given(self, outputs, monkeypatch):
        order = []
        replace = Path.replace

        def watched(path, target):
            order.append(str(Path(target).relative_to(outputs)))
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", watched)
        update(outputs, NEW)
        assert [path for path in order if path != tree.MANIFEST] == [
            "en/2026/a.html",
            "en/2026/b.html",
            "en/feed.rss",
        ]


class TestForeignFiles:
    def test_they_are_never_touched(self, outputs):
        for name in ("README.md", "robots.txt", "en/mine.html", ".well-known/security.txt"):
            (outputs / name).parent.mkdir(exist_ok=True)
            (outputs / name).write_text("mine")
        update(outputs, NEW)
        update(outputs, {"style.css": b"x"})
        for name in ("README.md", "robots.txt", "en/mine.html", ".well-known/security.txt"):
            assert (outputs / name).read_text() == "mine"

    def test_one_in_our_way_stops_the_publication_before_anything_changes(self, outputs):
        (outputs / "en/2026/b.html").write_text("mine")
        with pytest.raises(PublishError, match=r"b\.html.*did not make.*Move it away"):
            update(outputs, NEW)
        assert standing(outputs) == {**OLD, "en/2026/b.html": b"mine"}

    def test_a_folder_in_our_way_stops_it_too(self, outputs):
        (outputs / "en/2026/b.html").mkdir()
        with pytest.raises(PublishError):
            update(outputs, NEW)
        assert standing(outputs) == OLD

    def test_without_the_manifest_identical_files_are_taken_over(self, outputs):
        (outputs / tree.MANIFEST).unlink()
        update(outputs, OLD)
        assert tree.published(outputs) == set(OLD)

    @pytest.mark.parametrize(
        "content",
        [b"", b"[]", b'{"files": 3}', b'{"files": ["../../etc/passwd"]}', b'{"files": ["/etc/x"]}'],
    )
    def test_a_damaged_manifest_is_refused(self, outputs, content):
        (outputs / tree.MANIFEST).write_bytes(content)
        with pytest.raises(PublishError, match="damaged"):
            update(outputs, NEW)
        assert standing(outputs) == OLD


class TestFailures:
    def test_a_crash_before_any_step_leaves_whole_files_and_the_next_run_ends_the_work(
        self, tmp_path
    ):
        changed = {**NEW, "zh/feed.rss": b"zh"}
        del changed["style.css"]
        given = json.dumps([{p: c.decode() for p, c in files.items()} for files in (OLD, changed)])
        asked = [sys.executable, "-c", KILL_AT_EVERY_STEP, str(tmp_path), given]
        codes = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)
        assert codes == [9] * (len(codes) - 1) + [0]
        assert len(codes) > 12
        for crash_at in range(len(codes)):
            outputs = tmp_path / str(crash_at)
            for path, content in standing(outputs).items():
                assert content in {OLD.get(path), changed.get(path)}, path
            if (outputs / "en/feed.rss").read_bytes() == changed["en/feed.rss"]:
                assert (outputs / "en/2026/b.html").read_bytes() == b"more"
            update(outputs, changed)
            assert standing(outputs) == changed
            assert not list(outputs.glob(f"{tree.BUILDING}*"))

    def test_a_full_disk_stops_it_and_the_old_tree_stands(self, small_disk):
        outputs = small_disk / "outputs"
        update(outputs, OLD)
        with pytest.raises(PublishError) as caught:
            update(outputs, {**NEW, "en/2026/c.html": b"x" * 2_000_000})
        assert os.strerror(errno.ENOSPC) in str(caught.value)
        assert "still stands" in str(caught.value)
        assert standing(outputs) == OLD
        assert not list(outputs.glob(f"{tree.BUILDING}*"))
        update(outputs, NEW)
        assert standing(outputs) == NEW

    def test_a_failing_disk_stops_it_and_the_old_tree_stands(self, outputs, monkeypatch):
        def full(*_args):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(PublishError, match="No space left"):
            update(outputs, NEW)
        assert standing(outputs) == OLD

    def test_a_read_only_tree_is_reported(self, small_disk):
        outputs = small_disk / "outputs"
        update(outputs, OLD)
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        with pytest.raises(PublishError, match="Read-only"):
            update(outputs, NEW)
        assert standing(outputs) == OLD

    def test_a_file_where_the_tree_should_be_is_reported(self, tmp_path):
        (tmp_path / "outputs").write_text("")
        with pytest.raises(PublishError, match="outputs"):
            update(tmp_path / "outputs", NEW)

    def test_what_a_crash_left_is_swept(self, outputs):
        left = outputs / f"{tree.BUILDING}dead"
        left.mkdir()
        (left / "0").write_text("half")
        update(outputs, NEW)
        assert not left.exists()


class TestLock:
    def test_a_second_publication_is_refused_at_once(self, outputs):
        script = (
            "import fcntl, sys; lock = open(sys.argv[1], 'a');"
            "fcntl.flock(lock, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, str(outputs / tree.LOCK)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as other:
            assert other.stdout.readline() == b"held\n"
            with pytest.raises(PublishError, match="another publication is running"):
                update(outputs, NEW)
            other.communicate()
        assert standing(outputs) == OLD
        update(outputs, NEW)

    def test_the_lock_is_free_after_an_error(self, outputs):
        with pytest.raises(RuntimeError), tree.locked(outputs):
            raise RuntimeError
        with (outputs / tree.LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_manifest_lists_what_stands_and_nothing_else(outputs):
    update(outputs, NEW)
    assert json.loads((outputs / tree.MANIFEST).read_bytes()) == {"files": sorted(NEW)}


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    mounted = mount and os.geteuid() == 0
    if mounted:
        asked = [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
        mounted = subprocess.run(asked, check=False, capture_output=True).returncode == 0
    if not mounted:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)
