import pytest

from yibao.cli import prefect
from yibao.paths import Paths


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setattr(prefect, "HISTORY_LIMIT", 10)
    file = tmp_path / "var" / "prefect" / "prefect.db"
    file.parent.mkdir(parents=True)
    return file


def _run(tmp_path):
    return prefect._history(Paths(tmp_path).var / "prefect")


def test_a_small_history_is_kept(tmp_path, database):
    database.write_bytes(b"small")
    with _run(tmp_path):
        assert database.exists()


def test_a_history_grown_too_big_is_begun_anew(tmp_path, database):
    database.write_bytes(b"far too big")
    with _run(tmp_path):
        assert not database.exists()


def test_a_history_that_another_command_uses_is_left_alone(tmp_path, database):
    with _run(tmp_path):
        database.write_bytes(b"far too big")
        with _run(tmp_path):
            assert database.exists()
