"""The demo's two people: they review the samples through the workflow that the desk uses."""

import json
from dataclasses import dataclass
from pathlib import Path

from yibao.desk import accounts, workflow
from yibao.desk.models import Role, Translation, TranslationState, User
from yibao.errors import ConfigError
from yibao.newsroom import Newsroom
from yibao.paths import Paths
from yibao.progress import report

TRANSLATOR, EDITOR = "demo-translator", "demo-editor"
PASSWORD = "yibao-demo-2026"  # noqa: S105  # of the demo, printed for everyone to use


@dataclass(frozen=True, slots=True)
class Account:
    """A demo person: how they log in, and the name that feeds give."""

    name: str
    credit: str
    role: str
    password: str


ACCOUNTS = (
    Account(TRANSLATOR, "Lin Yue", Role.TRANSLATOR, PASSWORD),
    Account(EDITOR, "Zhou Ning", Role.EDITOR, PASSWORD),
)


def refuse_real_newsroom(newsroom: Newsroom, paths: Paths) -> None:
    """Make sure that the demo approves nothing but samples.

    Raises:
        ConfigError: newsroom.yaml names a source that is not in samples/.
    """
    for source in real_sources(newsroom):
        raise ConfigError(
            f"{paths.newsroom}, source {source}",
            "the demo approves texts and runs on the samples alone",
            "Use `yibao run` for your own newsroom.",
        )


def shut_out_demo_people(newsroom: Newsroom) -> None:
    """Close the demo's accounts, whose password is known to all, where sources are real."""
    if real_sources(newsroom):
        names = [account.name for account in ACCOUNTS]
        for person in User.objects.filter(username__in=names, is_active=True):
            accounts.set_active(person, active=False)


def real_sources(newsroom: Newsroom) -> list[str]:
    """Names of the sources that are not samples."""
    return [
        source.name
        for source in newsroom.sources.values()
        if source.folder is None or source.folder.parts[0] != "samples"
    ]


def demo_people() -> tuple[User, User]:
    """The demo's translator and editor; made on the first call."""
    translator, editor = (
        User.objects.filter(username=account.name).first()
        or accounts.create_user(account.name, account.role, account.password, credit=account.credit)
        for account in ACCOUNTS
    )
    return translator, editor


def review_samples(paths: Paths) -> list[str]:
    """Post-edit, submit and approve every drafted translation that the samples have texts for.

    Returns:
        the titles that were approved, in the target language.

    Raises:
        NotAllowed: the workflow refused a text, for example because a check found an error.
    """
    texts = _reviewed(paths.root / "samples" / "reviewed")
    translator, editor = demo_people()
    drafted = [
        translation
        for translation in Translation.objects.filter(state=TranslationState.DRAFTED)
        if all(segment.source in texts for segment in translation.segments.current())
    ]
    titles = []
    for number, translation in enumerate(drafted, 1):
        titles.append(_review(translation, texts, translator, editor))
        report("review", number, len(drafted))
    return titles


def _review(translation: Translation, texts: dict[str, str], translator: User, editor: User) -> str:
    key = str(translation.pk)
    workflow.claim(translator, key)
    for segment in translation.segments.current():
        workflow.confirm_segment(translator, segment.pk, segment.version, texts[segment.source])
    workflow.submit(translator, key, _version(translation))
    workflow.approve(editor, key, _version(translation))
    return str(translation.segments.current().get(key="title").text)


def _version(translation: Translation) -> int:
    translation.refresh_from_db()
    return int(translation.version)


def _reviewed(folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*/*.json")):
        texts |= json.loads(file.read_text(encoding="utf-8"))
    return texts
