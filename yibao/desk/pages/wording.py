"""What checks and the workflow say in English, in the language of the interface.

They know nothing of languages and say whole English sentences. A sentence is recognised by the
template that made it; what the interface shows instead is what its translators translate. A
sentence that no template fits is shown as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop, pgettext

from yibao.desk.models import Action, Role, TranslationState
from yibao.desk.models.states import Word
from yibao.languages import LANGUAGES

SAID = {
    # Checks.
    "There is no translation.": gettext_noop("There is no translation."),
    "The engine stopped at its length limit: the end is missing.": gettext_noop(
        "The engine stopped at its length limit: the end is missing."
    ),
    "This is not translated.": gettext_noop("This is not translated."),
    "“{found}” is not translated.": gettext_noop("“{found}” is not translated."),
    "“{found}” is repeated.": gettext_noop("“{found}” is repeated."),
    "“{found}” is doubled.": gettext_noop("“{found}” is doubled."),
    "The sentence does not end.": gettext_noop("The sentence does not end."),
    "About {share} of the usual length: is something left out?": gettext_noop(
        "About {share} of the usual length: is something left out?"
    ),
    "About {times} times the usual length: is something added?": gettext_noop(
        "About {times} times the usual length: is something added?"
    ),
    "“{found}” of the source is missing or changed.": gettext_noop(
        "“{found}” of the source is missing or changed."
    ),
    "{found} is not in the source.": gettext_noop("{found} is not in the source."),
    "{found} is not in the translation.": gettext_noop("{found} is not in the translation."),
    "{source} has become {target}.": gettext_noop("{source} has become {target}."),
    "{source} is {one}, {target} is {other}.": gettext_noop(
        "{source} and {target} are not the same currency."
    ),
    "“{found}” has no partner.": gettext_noop("“{found}” has no partner."),
    "“{found}” is not set as usual.": gettext_noop("“{found}” is not set as usual."),
    "“{source}” should be “{target}”.": gettext_noop("“{source}” should be “{target}”."),
    "“{found}” is not to be used here: write “{target}”.": gettext_noop(
        "“{found}” is not to be used here: write “{target}”."
    ),
    "“{target}” was put in for “{source}”.": gettext_noop("“{target}” was put in for “{source}”."),
    # The workflow's refusals.
    "{count} segments are not confirmed: {keys}": gettext_noop(
        "Segments that are not confirmed yet: {count}."
    ),
    "Confirm them.": gettext_noop("Confirm them first."),
    "{count} errors stand: {errors}": gettext_noop("Errors that still stand: {count}."),
    "Correct them, or dismiss them with a reason.": gettext_noop(
        "Correct them, or dismiss them with a reason."
    ),
    "nobody approves their own work": gettext_noop("Nobody approves their own work."),
    "Ask another editor.": gettext_noop("Ask another editor."),
    "this is your own work": gettext_noop("This is your own work."),
    "Ask another editor, or say why not.": gettext_noop("Ask another editor, or say why not."),
    "your claim has run out": gettext_noop("Your claim has run out."),
    "Claim it again.": gettext_noop("Take it again."),
    "has no text yet": gettext_noop("The segment has no text yet."),
    "Write a translation.": gettext_noop("Write a translation."),
    "an empty text cannot be confirmed": gettext_noop("An empty text cannot be confirmed."),
    "a dismissal needs a reason": gettext_noop("Say why the finding does not matter here."),
    "the reason 'other' needs an explanation": gettext_noop(
        "The reason “other” needs an explanation."
    ),
    "say what has to be corrected": gettext_noop("Say what has to be corrected."),
    "say why it is withdrawn": gettext_noop("Say why it is withdrawn."),
    "readers have to be told why a text is corrected": gettext_noop(
        "Readers have to be told what was corrected."
    ),
    "readers have to be told why a text is restored": gettext_noop(
        "Readers have to be told why the text is back."
    ),
    "Write a note for them.": gettext_noop("Write a note for them."),
    "the text is the one that was approved before, there is nothing to tell readers": gettext_noop(
        "The text is the one that was approved before: there is nothing to tell readers."
    ),
    "Approve it without a note.": gettext_noop("Approve it without a note."),
    "Nothing was changed. Look at the disk and the database, then try again.": gettext_noop(
        "Nothing was changed. Look at the disk and the database, then try again."
    ),
    "a segment holds {most} at the most": gettext_noop(
        "The text is too long: a segment holds {most} characters at the most."
    ),
    "Write only this segment's translation.": gettext_noop(
        "Write only this segment's translation."
    ),
    "{action}: the account has no role at the desk": gettext_noop(
        "{action}: your account has no role at the desk."
    ),
    "Ask an administrator for one.": gettext_noop("Ask an administrator for one."),
    "{action}: not for the role {role}": gettext_noop("{action}: not for the role “{role}”."),
    "Ask an editor.": gettext_noop("Ask an editor."),
    "{action}: not while the translation is {state}": gettext_noop(
        "{action}: not possible, the translation is “{state}” now."
    ),
    "Load the page again.": gettext_noop("Load the page again."),
    "{action}: nobody holds the translation": gettext_noop(
        "{action}: nobody holds the translation."
    ),
    "Claim it first.": gettext_noop("Take it first."),
    "{action}: {who} works on it until {time} UTC": gettext_noop(
        "{action}: {who} works on it until {time}."
    ),
    "Wait, or ask an editor to take it over.": gettext_noop(
        "Wait, or ask an editor to take it over."
    ),
    # What the history holds of a publication.
    "approval {number}": gettext_noop("Approval {number}"),
    "withdrawal": gettext_noop("Withdrawal notice"),
}
"""Templates of what is said, and what the interface shows, which names the same values."""
TOGETHER = {
    "“{found}” is not translated.": gettext_noop("Not translated: {things}"),
    "“{found}” is repeated.": gettext_noop("Repeated: {things}"),
    "“{found}” is doubled.": gettext_noop("Doubled: {things}"),
    "“{found}” of the source is missing or changed.": gettext_noop("Missing or changed: {things}"),
    "{found} is not in the source.": gettext_noop("Not in the source: {things}"),
    "{found} is not in the translation.": gettext_noop("Not in the translation: {things}"),
    "{source} has become {target}.": gettext_noop("Wrong magnitude: {things}"),
    "{source} is {one}, {target} is {other}.": gettext_noop("Not the same currency: {things}"),
    "“{found}” has no partner.": gettext_noop("Without a partner: {things}"),
    "“{found}” is not set as usual.": gettext_noop("Not set as usual: {things}"),
    "“{source}” should be “{target}”.": gettext_noop("House terms: {things}"),
    "“{found}” is not to be used here: write “{target}”.": gettext_noop(
        "Not to be used here: {things}"
    ),
    "“{target}” was put in for “{source}”.": gettext_noop("Put in: {things}"),
}
"""Templates of which a segment often has several, and the line that says them all."""
WORDS: Mapping[str, type[Word]] = {"action": Action, "role": Role, "state": TranslationState}
"""Values that are words of the store, shown by their label."""
VALUE = re.compile(r"” \([^()]+\)$")
CLOCK = re.compile(r"[0-2]\d:[0-5]\d")
HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that was recognised.

    Attributes:
        said: its template, a key of `SAID`.
        values: what stood in the template's holes.
    """

    said: str
    values: Mapping[str, str]


def recognise(sentence: str) -> Sentence | None:
    """The template that made a sentence; None where no template fits."""
    for said in SAID:
        found = _pattern(said).fullmatch(sentence)
        if found:
            return Sentence(said, found.groupdict())
    return None


def interpret(sentence: str) -> str:
    """The sentence in the language of the interface, as far as it is known."""
    known = recognise(sentence)
    if known is None:
        return sentence
    values = {name: _word(name, value) for name, value in known.values.items()}
    text = str(gettext(SAID[known.said])).format(**values)
    return text[:1].upper() + text[1:]


def interpret_all(sentences: Sequence[str]) -> str:
    """Sentences of one template in one: what it says, and of what.

    Args:
        sentences: at least one; several are all made by the same template.
    """
    if len(sentences) == 1:
        return interpret(sentences[0])
    known = [found for found in map(recognise, sentences) if found is not None]
    if len(known) < len(sentences) or known[0].said not in TOGETHER:
        return in_a_row(*map(interpret, sentences))
    things = dict.fromkeys(_thing(found.values) for found in known)
    listed = str(pgettext("between the things of a list", ", ")).join(things)
    return str(gettext(TOGETHER[known[0].said])).format(things=listed)


def _thing(values: Mapping[str, str]) -> str:
    """What a sentence is about, without its quotation marks."""
    if "source" in values:
        return f"{values['source']} → {values['target']}"
    if "found" in values and "target" in values:
        return f"{values['found']} → {values['target']}"
    return _word("found", values["found"]).removeprefix("“").removesuffix("”")


def in_a_row(*sentences: str) -> str:
    """Sentences as a paragraph of the interface's language."""
    spoken = LANGUAGES.get((get_language() or "en").partition("-")[0])
    joiner = " " if spoken is None or spoken.spaced else ""
    return joiner.join(filter(None, sentences))


def _word(name: str, value: str) -> str:
    if name == "found":  # a number's value behind it says nothing that the number does not
        return VALUE.sub("”", value)
    if name == "time" and CLOCK.fullmatch(value):
        hour, minute = map(int, value.split(":"))
        moment = timezone.now().astimezone(UTC).replace(hour=hour, minute=minute)
        return f"{timezone.localtime(moment):%H:%M}"  # as every other time on the page
    labels = {word.value: str(word.label) for word in WORDS.get(name, ())}
    return labels.get(value, value)


@lru_cache(maxsize=len(SAID))
def _pattern(said: str) -> re.Pattern[str]:
    pieces = HOLE.split(said)
    held = [
        f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    ]
    return re.compile("".join(held), re.DOTALL)
