"""What all pages have in common: errors, the policy for scripts, health, Chinese."""

import ast
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from desk_visits import editor_of, visitor
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import override

from yibao.checks import CHECKS
from yibao.desk.pages.wording import SAID, TOGETHER, in_a_row, interpret, interpret_all

DESK = Path(__file__).parents[2] / "yibao" / "desk"
CATALOGUE = DESK / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
STYLE = DESK / "static" / "desk" / "desk.css"
TEMPLATES = sorted((DESK / "templates").rglob("*.html"))


@pytest.mark.django_db
class TestErrors:
    def test_an_unknown_address_is_404_in_the_desks_own_words(self, users):
        answer = visitor(users.translator).get("/desk/nowhere/")
        assert answer.status_code == 404
        assert "To the queue" in answer.content.decode()

    def test_a_failure_is_500_and_says_that_saved_text_is_safe(self, users, drafted, monkeypatch):
        def fail(*_):
            raise RuntimeError("a bug")

        monkeypatch.setattr("yibao.desk.views.editor.worksheet", fail)
        client = visitor(users.translator)
        client.raise_request_exception = False
        answer = client.get(editor_of(drafted))
        assert answer.status_code == 500
        assert b"Saved text is safe" in answer.content


@pytest.mark.django_db
class TestHealth:
    def test_it_is_well_while_the_database_answers(self, client):
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (200, b"ok\n")

    def test_and_503_when_it_does_not(self, client, monkeypatch):
        def refuse(*_):
            raise DatabaseError("gone")

        monkeypatch.setattr("yibao.desk.views.health.connection.cursor", refuse)
        assert client.get("/healthz").status_code == 503


class TestPolicy:
    @pytest.mark.django_db
    def test_every_page_forbids_what_is_not_its_own(self, users, drafted):
        for path in ("/desk/", editor_of(drafted), "/login/"):
            policy = visitor(users.translator).get(path)["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy

    @pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
    def test_templates_have_no_inline_script_or_style(self, template):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text)

    def test_only_the_proof_which_feeds_have_cleaned_is_not_escaped(self):
        unescaped = {
            (path.name, found)
            for path in TEMPLATES
            for found in re.findall(r"\{\{ ([^}]*)\|safe", path.read_text(encoding="utf-8"))
        }
        assert unescaped == {("preview.html", "proof.body"), ("_field.html", "field.help_text")}


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "soft", "accent")
        for ground in ("paper", "surface", "sunk")
    ),
    *((f"{tone}", f"{tone}-wash") for tone in ("ok", "warn", "bad", "info")),
    *(("ink", f"{tone}-wash") for tone in ("ok", "warn", "bad", "info", "accent")),
    ("accent", "warn-wash"),
    ("accent", "bad-wash"),
    ("accent", "info-wash"),
    ("soft", "accent-wash"),
    ("ink", "mark"),
    ("on-accent", "accent"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestContrast:
    @pytest.fixture
    def colours(self, scheme):
        roots = re.findall(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)
        both = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", root)) for root in roots[:2]]
        return both[scheme == "dark"]

    @pytest.mark.parametrize(("ink", "ground"), TEXT)
    def test_text_is_readable(self, colours, ink, ground):
        assert contrast(colours[ink], colours[ground]) >= 4.5

    @pytest.mark.parametrize("ground", ["paper", "surface"])
    def test_fields_are_seen(self, colours, ground):
        assert contrast(colours["field"], colours[ground]) >= 3


class TestChinese:
    def test_the_catalogue_is_complete_and_compiled(self):
        text = CATALOGUE.read_text(encoding="utf-8")
        entries = text.split("\n\n")[1:]
        assert len(entries) > 250
        assert "fuzzy" not in text
        assert not [
            entry for entry in entries if re.search(r'^msgstr(\[0\])? ""$', entry, re.MULTILINE)
        ]
        # A catalogue that was changed and not compiled would show the old words.
        with CATALOGUE.with_suffix(".mo").open("rb") as file:
            compiled = GNUTranslations(file)
        for entry in entries:
            found = re.search(r'^msgid "(.+)"\nmsgstr "(.+)"', entry, re.MULTILINE)
            if found and "msgctxt" not in entry:
                assert compiled.gettext(found[1]) == found[2]

    def test_every_sentence_in_the_templates_is_in_it(self):
        text = CATALOGUE.read_text(encoding="utf-8")
        said = [
            found[1]
            for path in TEMPLATES
            for found in re.finditer(
                r"\{% translate (?:'([^']+)'|\"([^\"]+)\")", path.read_text(encoding="utf-8")
            )
            if found[1]
        ]
        assert said
        assert [each for each in said if f'msgid "{each}"' not in text] == []

    @pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
    def test_templates_carry_no_words_past_the_catalogue(self, template):
        text = template.read_text(encoding="utf-8")
        text = re.sub(r"\{% block main_class %\}.*?\{% endblock %\}", "", text, flags=re.DOTALL)
        text = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", text, flags=re.DOTALL)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<kbd>.*?</kbd>|<[^>]*>", "", text, flags=re.DOTALL)
        assert re.findall(r"[^\W\d_]{2,}", text) == []

    def test_what_checks_say_is_known(self):
        with override("zh-hans"):
            for sentence in sentences_of_checks():
                assert interpret(sentence) != sentence, sentence

    def test_several_of_a_kind_are_said_in_one_line(self):
        with override("zh-hans"):
            for said, together in TOGETHER.items():
                one, two = (re.sub(r"\{(\w+)\}", value, said) for value in ("7", "8"))
                line = interpret_all([one, two])
                assert re.search(r"[\u4e00-\u9fff]", line), together
                assert "7" in line
                assert "8" in line

    def test_a_number_is_said_without_its_value(self):
        with override("en"):
            said = interpret("“9千” (9,000) is not in the translation.")
        assert said == "“9千” is not in the translation."

    def test_a_time_is_the_houses(self):
        said = "edit: Lin works on it until 20:15 UTC"
        with override("en"), timezone.override("Asia/Shanghai"):
            assert interpret(said).endswith("Lin works on it until 04:15.")

    def test_what_the_workflow_says_is_known(self):
        with override("zh-hans"):
            for said in SAID:
                sentence = re.sub(r"\{(\w+)\}", "7", said)
                assert re.search(r"[\u4e00-\u9fff]", interpret(sentence)), sentence

    def test_every_refusal_of_the_workflow_is_known(self):
        refusals = list(sentences_of_the_workflow())
        assert len(refusals) > 20
        with override("zh-hans"):
            for sentence in refusals:
                assert re.search(r"[\u4e00-\u9fff]", interpret(sentence)), sentence

    def test_sentences_stand_in_a_row_as_the_language_has_it(self):
        with override("en"):
            assert in_a_row("One.", "", "Two.") == "One. Two."
        with override("zh-hans"):
            assert in_a_row("一。", "二。") == "一。二。"


def sentences_of_the_workflow():
    """Whatever a person may be refused with, a figure in each of its holes."""
    files = [DESK / "cleaning.py", *sorted((DESK / "workflow").glob("*.py"))]
    for node in (each for file in files for each in ast.walk(ast.parse(file.read_text("utf-8")))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NotAllowed":
            said = node.args[1:]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said":
            said = node.args[2:]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            said = node.value.elts
        else:
            continue
        for sentence in map(as_said, said):
            if " " in sentence and not sentence.startswith(("unknown reason", "Use ")):
                yield sentence


def as_said(node):
    """A sentence of a program; empty where it is none."""
    if isinstance(node, ast.JoinedStr):
        holes = {"why": "restored"}
        return "".join(
            part.value
            if isinstance(part, ast.Constant)
            else holes.get(ast.unparse(part.value), "7")
            for part in node.values
        )
    return str(node.value) if isinstance(node, ast.Constant) else ""


def sentences_of_checks():
    """The messages in yibao/checks, with a figure in each of their holes."""
    for path in sorted((DESK.parent / "checks").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
                "finding",
                "_finding",
            }:
                message = node.args[0]
                if isinstance(message, ast.Constant):
                    yield message.value
                elif isinstance(message, ast.JoinedStr):
                    yield "".join(
                        part.value if isinstance(part, ast.Constant) else "7"
                        for part in message.values
                    )


def test_the_messages_of_the_checks_are_found():
    assert len(list(sentences_of_checks())) >= len(CHECKS) // 2


@pytest.mark.django_db
def test_django_finds_nothing_to_warn_of(settings):
    call_command("check", fail_level="WARNING")
