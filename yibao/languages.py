"""The languages Yibao knows: codes, names, script, how sentences join, tags for feeds.

The house's pair is zh and en; any language that has Argos packages can be added here.
"""

from dataclasses import dataclass

from yibao.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        code: ISO 639-1 code, as Argos packages use it.
        name: English name.
        endonym: the language's own name.
        tag: BCP 47 tag for `lang` attributes and feeds.
        spaced: whether words and sentences are separated by spaces.
    """

    code: str
    name: str
    endonym: str
    tag: str
    spaced: bool

    @property
    def joiner(self) -> str:
        """What stands between two sentences of a paragraph."""
        return " " if self.spaced else ""


LANGUAGES = {
    language.code: language
    for language in (
        Language("zh", "Chinese", "中文", "zh-Hans", spaced=False),
        Language("en", "English", "English", "en", spaced=True),
        Language("de", "German", "Deutsch", "de", spaced=True),
        Language("es", "Spanish", "Español", "es", spaced=True),
        Language("fr", "French", "Français", "fr", spaced=True),
        Language("ja", "Japanese", "日本語", "ja", spaced=False),
        Language("ru", "Russian", "Русский", "ru", spaced=True),
    )
}


def language(code: str) -> Language:
    """The language of a code.

    Raises:
        ConfigError: the code is not one of ours.
    """
    try:
        return LANGUAGES[code]
    except KeyError:
        known = ", ".join(LANGUAGES)
        raise ConfigError(f"language {code!r}", f"unknown; known are {known}") from None
