import pytest

from yibao.errors import ConfigError
from yibao.paths import ROOT_VARIABLE, find_paths


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
