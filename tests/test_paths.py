import stat

import pytest

from yibao.errors import ConfigError
from yibao.paths import ROOT_VARIABLE, Paths, find_paths


@pytest.fixture(autouse=True)
def _no_root(monkeypatch):
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)


def test_the_newsroom_is_the_nearest_folder_upwards(tmp_path, monkeypatch):
    (tmp_path / "newsroom.yaml").touch()
    deep = tmp_path / "samples" / "pages"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert find_paths().root == tmp_path


def test_the_environment_names_the_newsroom(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    assert find_paths().database == tmp_path / "var" / "yibao.sqlite3"


def test_outside_of_any_newsroom_the_way_out_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=ROOT_VARIABLE):
        find_paths()


@pytest.mark.parametrize("there", [None, 0o755, 0o750])
def test_var_is_for_its_owner_alone_whether_it_was_there_or_not(tmp_path, there):
    paths = Paths(tmp_path)
    if there:
        paths.var.mkdir()
        paths.var.chmod(there)
    assert paths.make_var() == paths.var
    assert stat.S_IMODE(paths.var.stat().st_mode) == 0o700


def test_a_var_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "var").write_text("a file")
    with pytest.raises(ConfigError, match=r"var: .*cannot be made \(File exists\)"):
        Paths(tmp_path).make_var()
