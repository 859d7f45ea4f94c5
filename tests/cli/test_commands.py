"""Commands as a person or a program calls them, in one process; flows have tests of their own."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_models import build_package, repack
from typer.testing import CliRunner

from yibao.cli.app import app
from yibao.errors import ConfigError, GlossaryError, NotFound, PackageCorrupt, YibaoError

HEAVY = ("django", "prefect", "ctranslate2", "trafilatura", "feedgen", "rich", "pydantic")
PAGE = """<html lang="en"><head><title>Pump plant opens - Delta</title></head><body>
<h1>Pump plant opens</h1>
<div class="info">Source: Delta Review | 2026-09-12 08:30:00 | Author: Ann Weaver</div>
<div class="content">{}</div></body></html>"""
PARAGRAPH = (
    "<p>The plant in Suzhou opened on Monday and makes pumps and valves for the region, "
    "the company said; its engineers tested every line before the first order was shipped.</p>"
)


@pytest.fixture
def run():
    """A function: run a command; give its exit code and output. Our errors come as they are."""

    def run(*arguments, **options):
        result = CliRunner().invoke(app, [str(each) for each in arguments], **options)
        if isinstance(result.exception, YibaoError):
            raise result.exception
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result.exit_code, result.stdout

    return run


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(PARAGRAPH * 5), encoding="utf-8")
    return file


def test_help_loads_nothing_heavy():
    code = f"import sys, yibao.cli.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_error_is_one_message_and_exit_code_one(tmp_path):
    yibao = Path(sys.executable).with_name("yibao")
    command = [yibao, "status"]
    environment = {"PATH": "/usr/bin:/bin", "YIBAO_ROOT": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"yibao: {tmp_path}/newsroom.yaml: configuration cannot be used")
    assert "Traceback" not in done.stderr


class TestExtract:
    def test_prints_the_article_for_a_program(self, run, page, newsroom):
        code, out = run("extract", page, "--url", "https://delta.example/1.html", "--json")
        record = json.loads(out)
        assert code == 0
        assert record["title"] == "Pump plant opens"
        assert record["published"] == "2026-09-12T08:30:00+08:00"
        assert [block["kind"] for block in record["blocks"]] == ["paragraph"] * 5

    def test_prints_the_article_for_a_person(self, run, page, newsroom):
        _, out = run("extract", page, "--url", "https://delta.example/1.html")
        assert out.startswith("Pump plant opens\nDelta Review | Ann Weaver | 2026-09-12 08:30")

    @pytest.mark.django_db
    def test_stores_nothing(self, run, page, newsroom):
        run("extract", page, "--url", "https://delta.example/1.html")
        assert json.loads(run("articles", "--json")[1]) == []

    def test_refuses_another_language_than_asked_for(self, run, page, newsroom):
        with pytest.raises(YibaoError, match=r"https://delta\.example/1\.html"):
            run("extract", page, "--url", "https://delta.example/1.html", "--language", "zh")


class TestGlossaryCheck:
    def test_counts_what_is_good(self, run, newsroom):
        (newsroom.glossaries / "it.csv").write_text("zh,en\n云计算,cloud computing\n", "utf-8")
        assert run("glossary", "check") == (0, "1 files, 1 terms, no problems\n")

    def test_names_file_and_line_of_every_broken_row(self, run, newsroom):
        text = "zh,en\n云计算,cloud computing\n芯,chip\n=1+1,sum\n"
        (newsroom.glossaries / "it.csv").write_text(text, "utf-8")
        code, out = run("glossary", "check")
        assert code == 1
        assert ["it.csv:3" in line or "it.csv:4" in line for line in out.splitlines()] == [True] * 2

    def test_tells_a_program_the_same(self, run, newsroom, tmp_path):
        file = tmp_path / "terms.csv"
        file.write_text("zh,en\n芯,chip\n", "utf-8")
        code, out = run("glossary", "check", file, "--json")
        assert (code, json.loads(out)[0]["where"]) == (1, f"{file}:2")


class TestModels:
    def test_no_packages_are_told_with_the_way_out(self, run, newsroom):
        assert "yibao models install" in run("models", "list")[1]
        assert run("models", "verify")[0] == 1

    def test_a_package_from_a_file_is_installed_listed_and_good(self, run, newsroom, tmp_path):
        package = build_package(tmp_path, "zh", "en", version="1.0")
        assert run("models", "install", package) == (0, "installed zh→en 1.0\n")
        [listed] = json.loads(run("models", "list", "--json")[1])
        assert (listed["from"], listed["to"], listed["version"]) == ("zh", "en", "1.0")
        assert run("models", "verify") == (0, "zh→en 1.0: good\n")
        assert newsroom.var.stat().st_mode & 0o077 == 0

    def test_a_damaged_package_is_refused_and_the_old_one_stays(self, run, newsroom, tmp_path):
        good = build_package(tmp_path, "zh", "en", version="1.0")
        run("models", "install", good)
        bad = repack(good, tmp_path / "bad.argosmodel", model__bin=b"nothing")
        with pytest.raises(PackageCorrupt, match=r"bad\.argosmodel"):
            run("models", "install", bad)
        assert run("models", "verify") == (0, "zh→en 1.0: good\n")


class TestMt:
    @pytest.fixture(autouse=True)
    def _installed(self, run, newsroom, tmp_path):
        run("models", "install", build_package(tmp_path, "zh", "en"))

    def test_as_many_lines_come_out_as_go_in(self, run):
        lines = "工厂投产。公司生产水泵。\n\n价格上涨。\n"
        code, out = run("mt", "--from", "zh", "--to", "en", input=lines)
        assert code == 0
        assert len(out.splitlines()) == 3
        assert out.splitlines()[1] == ""

    def test_a_glossary_is_kept_unless_none_is_wanted(self, run, tmp_path):
        file = tmp_path / "own.csv"
        file.write_text("zh,en\n永磁电机,permanent magnet motor\n", "utf-8")
        arguments = ("mt", "--from", "zh", "--to", "en")
        _, kept = run(*arguments, "--glossary", file, input="工程师测试永磁电机。\n")
        _, free = run(*arguments, "--no-glossary", input="工程师测试永磁电机。\n")
        assert "permanent magnet motor" in kept
        assert "permanent magnet motor" not in free

    def test_a_broken_glossary_is_refused(self, run, tmp_path):
        file = tmp_path / "own.csv"
        file.write_text("zh\n芯\n", "utf-8")
        with pytest.raises(GlossaryError, match=r"own\.csv"):
            run("mt", "--from", "zh", "--to", "en", "--glossary", file, input="工厂。\n")


@pytest.mark.django_db
class TestWhatIsInTheHouse:
    @pytest.fixture
    def ingested(self, run, page, newsroom):
        code, out = run("ingest", page, "--url", "https://elsewhere.example/1.html", "--json")
        assert code == 0
        return json.loads(out)["ingested"][0]["taken"][0]["article"]

    def test_an_ingested_page_is_listed_and_shown(self, run, ingested):
        [listed] = json.loads(run("articles", "--json")[1])
        assert listed["translations"] == {"zh": "waiting"}
        assert listed["article_id"] == ingested
        shown = json.loads(run("show", ingested, "--json")[1])
        assert shown["article"]["title"] == "Pump plant opens"

    def test_the_list_prints_ids_that_show_takes(self, run, ingested):
        assert ingested[:8] in run("articles")[1]
        assert "Pump plant opens" in run("show", ingested[:8])[1]

    def test_status_counts(self, run, ingested):
        now = json.loads(run("status", "--json")[1])
        assert now["articles"] == {"by-hand": 1}
        assert now["translations"]["waiting"] == 1

    def test_an_unknown_article_is_named(self, run, newsroom):
        with pytest.raises(NotFound, match="deadbeef"):
            run("show", "deadbeef")

    def test_a_page_without_an_article_is_told_and_the_exit_code_says_so(
        self, run, newsroom, tmp_path
    ):
        file = tmp_path / "empty.html"
        file.write_bytes(b"")
        code, _ = run("ingest", file, "--url", "https://elsewhere.example/2.html")
        assert code == 1
        assert "https://elsewhere.example/2.html" in run("status")[1]

    def test_a_misspelt_source_is_named_and_the_rest_is_taken_in(self, run, page, newsroom):
        code, out = run("ingest", "jiangnann", page, "--json")
        said = json.loads(out)
        assert code == 1
        assert "jiangnann" in said["errors"][0]
        assert len(said["ingested"]) == 1


@pytest.mark.django_db
def test_a_person_is_added_with_a_role(run, newsroom):
    from yibao.desk.models import User

    answers = "a-long-password-26\na-long-password-26\n"
    assert run("users", "add", "mei", "--role", "editor", input=answers)[0] == 0
    assert User.objects.get(username="mei").groups.get().name == "editor"


@pytest.mark.django_db
def test_a_known_person_gets_the_new_role_and_password(run, users):
    answers = "another-password-26\nanother-password-26\n"
    assert run("users", "add", "lin", "--role", "editor", input=answers)[0] == 0
    users.translator.refresh_from_db()
    assert users.translator.groups.get().name == "editor"
    assert users.translator.check_password("another-password-26")


@pytest.mark.django_db
def test_doctor_names_what_is_missing_and_the_way_out(run, newsroom):
    newsroom.outputs.mkdir()
    code, out = run("doctor", "--json")
    found = {each["subject"]: each for each in json.loads(out)}
    assert code == 1
    assert not found["translation packages"]["good"]
    assert "yibao models install" in found["translation packages"]["said"]
    assert found["newsroom.yaml"]["good"]
    assert found["Prefect"]["good"]


@pytest.mark.django_db
def test_a_port_that_is_taken_is_told_with_the_way_out(run, newsroom):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127\.0\.0\.1:{port}.*--port"):
            run("serve", "--port", port)
