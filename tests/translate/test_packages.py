import errno
import json
import shutil
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tiny_models import build_package, repack, unpack

from yibao.errors import ModelError, PackageCorrupt, PackageMissing
from yibao.paths import Paths
from yibao.translate import packages
from yibao.translate.argos import packages_folder

STARTERS = Path(__file__).resolve().parents[2] / "models"


@pytest.fixture
def here(tmp_path):
    return tmp_path / "installed"


@pytest.fixture
def good(tmp_path):
    return build_package(tmp_path)


def pairs(found):
    return [(each.source, each.target, each.version) for each in found]


class TestInstallingAFile:
    def test_it_is_found_afterwards_and_works(self, good, here):
        package = packages.install_file(good, here)
        assert packages.installed(here) == [package]
        assert packages.verify(here) == [(package, None)]
        assert package.name == "argos zh_en 1.0"

    def test_argostranslate_itself_finds_it(self, good, here):
        from argostranslate.package import get_installed_packages

        packages.install_file(good, here)
        (found,) = get_installed_packages([here])
        assert (found.from_code, found.to_code) == ("zh", "en")

    def test_again_changes_nothing(self, good, here):
        first = packages.install_file(good, here)
        stamp = first.folder.stat().st_mtime_ns
        assert packages.install_file(good, here) == first
        assert first.folder.stat().st_mtime_ns == stamp

    def test_again_mends_a_damaged_one(self, good, here):
        package = packages.install_file(good, here)
        (package.folder / "model" / "model.bin").write_bytes(b"rot")
        packages.install_file(good, here)
        assert packages.verify(here) == [(package, None)]

    def test_another_build_of_a_version_replaces_it(self, good, here, tmp_path):
        old = packages.install_file(good, here)
        other = repack(good, tmp_path / "other.argosmodel", README__md=b"")
        with zipfile.ZipFile(other, "a") as archive:
            archive.writestr(f"{old.folder.name}/README.md", "another build")
        new = packages.install_file(other, here)
        assert new.folder == old.folder
        assert (new.folder / "README.md").read_text() == "another build"

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            ({"model__bin": b"short"}, "cannot be loaded"),
            ({"model__bin": None}, "model.bin is not in it"),
            ({"metadata__json": None}, "metadata.json"),
            ({"metadata__json": b"{not json"}, "metadata.json cannot be read"),
            ({"metadata__json": b"[1]"}, "metadata.json cannot be read"),
            ({"metadata__json": b'{"from_code": "zh"}'}, "names no pair"),
            (
                {"metadata__json": b'{"from_code": "../../x", "to_code": "en"}'},
                "names no pair",
            ),
            ({"metadata__json": b'{"from_code": "zh", "to_code": "en"}'}, "no version"),
            ({"sentencepiece__model": None}, "neither sentencepiece.model nor bpe.model"),
            ({"sentencepiece__model": b"noise"}, "cannot be loaded"),
            ({"shared_vocabulary__json": b"[]"}, "cannot be loaded"),
        ],
    )
    def test_a_damaged_one_is_refused_and_the_old_one_stays(
        self, good, here, tmp_path, damage, said
    ):
        old = packages.install_file(good, here)
        bad = repack(good, tmp_path / "bad.argosmodel", **damage)
        with pytest.raises(PackageCorrupt, match=said):
            packages.install_file(bad, here)
        assert packages.verify(here) == [(old, None)]
        assert [each.name for each in here.iterdir()] == [old.folder.name]

    def test_a_truncated_model_is_refused(self, good, here, tmp_path):
        with zipfile.ZipFile(good) as archive:
            member = next(each for each in archive.namelist() if each.endswith("model.bin"))
            half = archive.read(member)[: archive.getinfo(member).file_size // 2]
        bad = repack(good, tmp_path / "bad.argosmodel", model__bin=half)
        with pytest.raises(PackageCorrupt, match="cannot be loaded"):
            packages.install_file(bad, here)

    @pytest.mark.parametrize("content", [b"", b"no zip at all", "truncated"])
    def test_a_broken_zip_is_refused(self, good, here, tmp_path, content):
        broken = tmp_path / "broken.argosmodel"
        data = good.read_bytes()
        broken.write_bytes(data[: len(data) * 2 // 3] if content == "truncated" else content)
        with pytest.raises(PackageCorrupt, match="not a whole zip"):
            packages.install_file(broken, here)
        assert packages.installed(here) == []

    def test_a_flipped_byte_is_refused(self, good, here):
        data = bytearray(good.read_bytes())
        data[len(data) // 2] ^= 0xFF
        good.write_bytes(data)
        with pytest.raises(PackageCorrupt):
            packages.install_file(good, here)

    def test_the_wrong_pair_is_refused(self, good, here):
        with pytest.raises(PackageCorrupt, match="translates zh_en, not en_zh"):
            packages.install_file(good, here, pair=("en", "zh"))

    def test_a_missing_file_says_so(self, here, tmp_path):
        with pytest.raises(ModelError, match="could not be installed"):
            packages.install_file(tmp_path / "none.argosmodel", here)

    @pytest.mark.parametrize("step", ["extractall", "disk_usage"])
    def test_a_full_disk_keeps_the_old_one(self, good, here, tmp_path, monkeypatch, step):
        old = packages.install_file(good, here)
        newer = build_package(tmp_path, version="2.0")

        def full(*_args, **_kwargs):
            raise OSError(errno.ENOSPC, "No space left on device")

        if step == "extractall":
            monkeypatch.setattr(zipfile.ZipFile, "extractall", full)
        else:
            usage = shutil.disk_usage(tmp_path)._replace(free=1000)
            monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
        with pytest.raises(ModelError, match="disk is full"):
            packages.install_file(newer, here)
        monkeypatch.undo()
        assert packages.verify(here) == [(old, None)]
        assert [each.name for each in here.iterdir()] == [old.folder.name]


class TestAFolderOfPackages:
    def test_an_empty_or_missing_one_has_none(self, here):
        assert packages.installed(here) == []
        assert packages.verify(here) == []

    def test_a_stray_folder_hides_nothing_and_is_reported(self, good, here):
        package = packages.install_file(good, here)
        (here / "stray").mkdir()
        (here / ".incoming-left-by-a-crash").mkdir()
        assert packages.installed(here) == [package]
        (_, none), (_, error) = sorted(
            packages.verify(here), key=lambda each: each[0].folder.name == "stray"
        )
        assert none is None
        assert "metadata.json" in str(error)

    def test_rot_is_found(self, good, here):
        package = packages.install_file(good, here)
        model = package.folder / "model" / "model.bin"
        model.write_bytes(model.read_bytes()[:-100])
        ((_, error),) = packages.verify(here)
        assert isinstance(error, PackageCorrupt)
        assert "yibao models install" in str(error)

    def test_the_highest_version_of_a_pair_is_used(self, here, tmp_path):
        for version in ("1.9", "1.10", "1.2"):
            packages.install_file(build_package(tmp_path, version=version), here)
        assert packages.find("zh", "en", here).version == "1.10"
        assert packages.find("en", "zh", here) is None

    def test_a_starter_is_used_only_if_there_is_nothing_else(self, here, tmp_path):
        (tmp_path / "starters").mkdir()
        build_package(tmp_path / "starters", version="7.0")
        packages.install_starters(tmp_path / "starters", here)
        packages.install_file(build_package(tmp_path, version="1.0"), here)
        assert packages.find("zh", "en", here).version == "1.0"

    def test_one_that_argostranslate_unpacked_is_found(self, good, here):
        unpack(good, here)
        assert pairs(packages.installed(here)) == [("zh", "en", "1.0")]

    def test_a_folder_that_the_user_named_is_honoured(self, tmp_path, monkeypatch):
        paths = Paths(tmp_path)
        monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
        assert packages_folder(paths) == tmp_path / "var" / "models"
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "mine"))
        assert packages_folder(paths) == tmp_path / "mine"


class TestStarters:
    def test_those_that_ship_with_yibao_install_and_translate(self, here):
        packages.install_starters(STARTERS, here)
        assert pairs(packages.installed(here)) == [("en", "zh", "0.1"), ("zh", "en", "0.1")]
        assert [error for _, error in packages.verify(here)] == [None, None]

    def test_a_folder_without_any_is_refused(self, here, tmp_path):
        with pytest.raises(PackageMissing, match=r"no \.argosmodel file"):
            packages.install_starters(tmp_path, here)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


class _Truncating(_Quiet):
    def copyfile(self, source, outputfile):
        data = source.read()
        outputfile.write(data if data.startswith(b"[") else data[: len(data) // 2])


@pytest.fixture
def serve(tmp_path):
    """Serves a folder over HTTP on this machine; gives its address."""
    servers = []

    def start(folder, handler=_Quiet):
        bound = partial(handler, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def offer(folder, *entries):
    listed = [
        {
            "package_version": version,
            "argos_version": "1.9",
            "from_code": source,
            "to_code": target,
            "from_name": source,
            "to_name": target,
            "links": links,
        }
        for source, target, version, links in entries
    ]
    (folder / "index.json").write_text(json.dumps(listed))


@pytest.fixture
def mirror(tmp_path):
    """A mirror with two versions of zh_en; its index still names the official addresses."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    for version in ("1.2", "1.10"):
        build_package(folder, version=version)
    official = "http://127.0.0.1:9/v1/"
    names = [f"translate-zh_en-{each}.argosmodel" for each in ("1_2", "1_10")]
    offer(
        folder,
        ("zh", "en", "1.2", [official + names[0]]),
        ("zh", "en", "1.10", ["ipfs://x", official + names[1]]),
        ("en", "zh", "1.0", [official + "translate-en_zh-1_0.argosmodel"]),
    )
    return folder


class TestOfficialPackages:
    def test_the_newest_comes_from_beside_the_mirrors_index(self, mirror, serve, here):
        (package,) = packages.install_official([("zh", "en")], here, serve(mirror))
        assert (package.version, package.origin) == ("1.10", "official")
        assert packages.verify(here) == [(package, None)]

    def test_the_address_of_the_index_itself_will_do(self, mirror, serve, here):
        index = serve(mirror) + "/index.json"
        assert len(packages.install_official([("zh", "en")], here, index)) == 1

    def test_relative_links_are_followed(self, mirror, serve, here):
        (mirror / "files").mkdir()
        build_package(mirror / "files", "en", "zh", version="1.9")
        offer(mirror, ("en", "zh", "1.9", ["files/translate-en_zh-1_9.argosmodel"]))
        (package,) = packages.install_official([("en", "zh")], here, serve(mirror))
        assert package.name == "argos en_zh 1.9"

    def test_what_is_there_already_is_not_fetched_again(self, mirror, serve, here):
        url = serve(mirror)
        first = packages.install_official([("zh", "en")], here, url)
        for file in mirror.glob("*.argosmodel"):
            file.unlink()
        assert packages.install_official([("zh", "en")], here, url) == first

    def test_it_replaces_a_starter_of_the_same_version(self, mirror, serve, here, tmp_path):
        (tmp_path / "starters").mkdir()
        build_package(tmp_path / "starters", version="1.10", loops=True)
        packages.install_starters(tmp_path / "starters", here)
        (package,) = packages.install_official([("zh", "en")], here, serve(mirror))
        assert packages.installed(here) == [package]
        assert package.origin == "official"

    def test_a_pair_that_nobody_offers_is_named(self, mirror, serve, here):
        with pytest.raises(PackageMissing, match="en_de"):
            packages.install_official([("zh", "en"), ("en", "de")], here, serve(mirror))
        assert packages.installed(here) == []

    def test_a_download_that_breaks_off_leaves_nothing(self, mirror, serve, here):
        with pytest.raises(ModelError, match="download failed"):
            packages.install_official([("zh", "en")], here, serve(mirror, _Truncating))
        assert list(here.iterdir()) == []

    def test_a_file_that_nobody_has_says_which(self, mirror, serve, here):
        with pytest.raises(ModelError, match="translate-en_zh-1_0"):
            packages.install_official([("en", "zh")], here, serve(mirror))

    def test_another_pair_under_a_wrong_name_is_refused(self, mirror, serve, here):
        shutil.copy(
            mirror / "translate-zh_en-1_2.argosmodel", mirror / "translate-en_zh-1_0.argosmodel"
        )
        with pytest.raises(PackageCorrupt, match="translates zh_en, not en_zh"):
            packages.install_official([("en", "zh")], here, serve(mirror))

    @pytest.mark.parametrize("index", ["{}", "<html>", "", '[1, {"type": "sbd"}]'])
    def test_an_index_that_is_none_is_refused(self, serve, here, tmp_path, index):
        (tmp_path / "index.json").write_text(index)
        with pytest.raises(ModelError):
            packages.install_official([("zh", "en")], here, serve(tmp_path))

    def test_no_network_says_what_to_do(self, here):
        with pytest.raises(ModelError, match="address of a mirror"):
            packages.install_official([("zh", "en")], here, "http://127.0.0.1:9/")
