import pytest
from desk_steps import approve_all, reopen

from yibao.desk import memory, workflow
from yibao.desk.models import MemoryEntry

TITLE = "江南新建储能电站投入运行"


@pytest.fixture
def approved(drafted, users):
    return approve_all(drafted, users)


def test_approved_text_is_found_by_its_source(approved):
    assert memory.lookup([TITLE, "从未见过"], "zh", "en") == {
        TITLE: "New storage station starts up in Jiangnan"
    }


def test_what_is_not_approved_is_not_found(drafted, users):
    segment = drafted.segments.get(key="title")
    workflow.confirm_segment(users.translator, segment.pk, segment.version, "Station starts")
    assert memory.lookup([TITLE], "zh", "en") == {}


@pytest.mark.parametrize(("source", "target"), [("en", "zh"), ("zh", "de"), ("ja", "en")])
def test_each_pair_has_its_own_memory(approved, source, target):
    assert memory.lookup([TITLE], source, target) == {}


@pytest.mark.parametrize(
    "text",
    [f"  {TITLE}\n", f"{TITLE[:4]}{TITLE[4:]}", "工程师检查电池柜。 "],
)
def test_white_space_around_makes_no_difference(approved, text):
    assert text in memory.lookup([text], "zh", "en")


def test_composition_of_characters_makes_no_difference():
    assert memory.source_hash("Cafe\u0301 opens") == memory.source_hash("Caf\u00e9  opens")


@pytest.mark.parametrize("text", ["cafe opens", "Café opens.", "Ｃafé opens", "Caféopens"])
def test_case_width_and_punctuation_make_a_difference(text):
    assert memory.source_hash(text) != memory.source_hash("Café opens")


def test_a_correction_replaces_what_is_found(approved, users):
    reopen(approved, users)
    segment = approved.segments.get(key="title")
    workflow.confirm_segment(users.translator, segment.pk, segment.version, "Station now runs")
    approve_all(approved, users, note="The headline was wrong.")
    assert memory.lookup([TITLE], "zh", "en") == {TITLE: "Station now runs"}
    assert MemoryEntry.objects.filter(source=TITLE).count() == 2


def test_what_is_known_is_not_kept_twice(approved, users):
    kept = MemoryEntry.objects.count()
    reopen(approved, users)
    approve_all(approved, users)
    assert MemoryEntry.objects.count() == kept == approved.segments.count()


def test_nothing_of_a_withdrawn_text_is_found(approved, users):
    approved.refresh_from_db()
    workflow.withdraw(users.editor, str(approved.pk), approved.version, "not ours to publish")
    assert memory.lookup([TITLE], "zh", "en") == {}


def test_many_texts_are_looked_up_at_once(approved):
    texts = [f"句子{number}。" for number in range(1500)] + [TITLE]
    assert set(memory.lookup(texts, "zh", "en")) == {TITLE}


def test_no_texts_give_nothing(db):
    assert memory.lookup([], "zh", "en") == {}


def test_an_entry_knows_where_it_comes_from(approved, users):
    entry = MemoryEntry.objects.get(source=TITLE)
    assert (entry.origin.translation, entry.approver) == (approved, users.editor)
