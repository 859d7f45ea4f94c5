"""newsroom.yaml, typed: what this newsroom ingests, translates and publishes.

docs/settings.md describes every key. Unknown keys and wrong values are refused with the file,
the line and the key.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from yibao.errors import ConfigError
from yibao.languages import LANGUAGES

NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def _known_language(code: Any) -> Any:
    if code not in LANGUAGES:
        raise ValueError(f"unknown language {code!r}; known are {', '.join(LANGUAGES)}")
    return code


def _known_zone(name: Any) -> Any:
    try:
        ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"unknown time zone {name!r}; write one like Asia/Shanghai") from None
    return name


def _on_a_real_date(authority: str) -> str:
    """A tag: URI's authority names a day on which the house held its domain (RFC 4151)."""
    given = authority.partition(",")[2]
    try:
        date.fromisoformat(given + "-01-01"[len(given) - len("yyyy") :])
    except ValueError:
        raise ValueError(f"{given} is no date; write one like 2026 or 2026-03-31") from None
    return authority


def _interval(text: Any) -> Any:
    if isinstance(text, timedelta):
        return text
    found = re.fullmatch(r"([1-9]\d*)([mhd])", str(text))
    if not found:
        raise ValueError(f"{text!r} is no interval; write one like 30m, 1h or 1d")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def _off(word: Any) -> Any:
    """YAML 1.1 reads a bare `off` as false."""
    return "off" if word is False else word


LanguageCode = Annotated[str, BeforeValidator(_known_language)]
Authority = Annotated[
    str,
    Field(pattern=r"^[a-z0-9.-]+,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(_on_a_real_date),
]
Zone = Annotated[str, BeforeValidator(_known_zone)]
Interval = Annotated[timedelta, BeforeValidator(_interval)]
Name = Annotated[str, Field(pattern=NAME)]


class Part(BaseModel):
    """A part of newsroom.yaml; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class House(Part):
    """The newsroom itself.

    Attributes:
        name: as it stands in feeds and on pages.
        authority: "domain,year" for the tag: URIs of feed entries (RFC 4151); never change it.
        base_url: where outputs/ is reached from outside, with a slash at its end.
        desk_url: where translators reach the review desk, with a slash at its end.
        timezone: for times that a source gives without a zone, and for what people read.
    """

    name: str
    authority: Authority
    base_url: str = Field(pattern=r"^https?://.+/$")
    desk_url: str = Field(default="http://127.0.0.1:8000/", pattern=r"^https?://.+/$")
    timezone: Zone = "Asia/Shanghai"

    @property
    def zone(self) -> ZoneInfo:
        """The newsroom's time zone."""
        return ZoneInfo(self.timezone)


class Source(Part):
    """A place articles come from: exactly one of feed, list, sitemap and folder.

    Attributes:
        name: its key in newsroom.yaml.
        language: what its articles are written in.
        feed, list, sitemap: address of a feed, a list page or a sitemap.
        folder: a folder of saved pages, relative to newsroom.yaml.
        url: with `folder`: the public address of the folder's root.
        site: name of a site file in yibao/sources/sites.
        every: how often it is looked at.
        to: languages it is translated into.
        section: a key of the newsroom's sections.
        glossaries: glossaries for it, instead of the newsroom's.
        limit: how many articles a run takes at the most.
    """

    name: Name
    language: LanguageCode
    feed: str = ""
    list: str = ""
    sitemap: str = ""
    folder: Path | None = None
    url: str = ""
    site: str = ""
    every: Interval = timedelta(hours=1)
    to: tuple[LanguageCode, ...] = Field(min_length=1)
    section: str = ""
    glossaries: tuple[str, ...] | None = None
    limit: int = Field(default=50, ge=1)

    @model_validator(mode="after")
    def _one_place(self) -> "Source":
        given = [key for key in ("feed", "list", "sitemap", "folder") if getattr(self, key)]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of feed, list, sitemap, folder; has {len(given)}")
        if self.language in self.to:
            raise ValueError(f"cannot be translated into its own language {self.language}")
        return self


class Review(Part):
    """How drafts become publishable.

    Attributes:
        approval: `strict`: nobody approves a text they edited; `warn`: they may, it is
            recorded and shown; `off`: anybody with the role may.
        drafts_in_feeds: unreviewed drafts are never published; the only value is `never`.
    """

    approval: Annotated[Literal["strict", "warn", "off"], BeforeValidator(_off)] = "strict"
    drafts_in_feeds: Literal["never"] = "never"


class Feed(Part):
    """The feeds of one language.

    Attributes:
        title, description: of the feed, in its language.
        sections: which sections it carries; empty for all.
        entries: how many entries a feed file holds.
        formats: which files are written.
    """

    title: str
    description: str = ""
    sections: tuple[str, ...] = ()
    entries: int = Field(default=50, ge=1, le=500)
    formats: tuple[Literal["rss", "atom", "json"], ...] = ("rss", "atom", "json")


class Newsroom(Part):
    """The whole of newsroom.yaml.

    Attributes:
        newsroom: the house.
        sections: section key to its name per language.
        sources: by name.
        glossaries: names of files in glossaries/, without ending; the first has precedence.
        review: the review policy.
        feeds: by language.
    """

    newsroom: House
    sections: dict[Name, dict[LanguageCode, str]] = {}
    sources: dict[Name, Source] = {}
    glossaries: tuple[str, ...] = ()
    review: Review = Review()
    feeds: dict[LanguageCode, Feed] = {}

    @model_validator(mode="before")
    @classmethod
    def _name_sources(cls, given: Any) -> Any:
        sources = given.get("sources") if isinstance(given, dict) else None
        if isinstance(sources, dict):
            named = {
                name: {**source, "name": name} if isinstance(source, dict) else source
                for name, source in sources.items()
            }
            return {**given, "sources": named}
        return given

    @model_validator(mode="after")
    def _known_sections(self) -> "Newsroom":
        used: dict[str, tuple[str, ...]] = {
            f"sources.{source.name}": (source.section,)
            for source in self.sources.values()
            if source.section
        }
        used |= {f"feeds.{code}": feed.sections for code, feed in self.feeds.items()}
        for place, sections in used.items():
            for section in sections:
                if section not in self.sections:
                    raise ValueError(f"{place} names section {section!r}, which is not declared")
        return self

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of languages that the sources ask for, source first."""
        return tuple(
            sorted({(source.language, to) for source in self.sources.values() for to in source.to})
        )

    def glossaries_of(self, source: str) -> tuple[str, ...]:
        """Names of the glossaries for a source's articles."""
        declared = self.sources.get(source)
        if declared is not None and declared.glossaries is not None:
            return declared.glossaries
        return self.glossaries


def load_newsroom(path: Path) -> Newsroom:
    """Read newsroom.yaml.

    Raises:
        ConfigError: the file is missing, no YAML, or has a wrong key or value.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(str(path), "no such file", "Run from the newsroom's folder.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read ({error})") from error
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigError(
            f"{path}{line}", f"not YAML: {getattr(error, 'problem', error)}"
        ) from error
    if not isinstance(given, dict):
        raise ConfigError(str(path), "is empty or no mapping")
    for key in _repeated(tree):
        raise ConfigError(f"{path}:{key.start_mark.line + 1}", f"{key.value} stands twice")
    try:
        return Newsroom.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        keys = tuple(first["loc"])
        where = f"{path}:{_line(tree, keys)}"
        detail = f"{'.'.join(map(str, keys)) or 'the file'}: {_said(first)}"
        raise ConfigError(where, detail) from error


def _said(problem: Any) -> str:
    if problem["type"] == "extra_forbidden":
        return "unknown key"
    return str(problem["msg"]).removeprefix("Value error, ")


def _repeated(node: Any) -> Iterator[Any]:
    """Keys that stand twice in a mapping: YAML takes the last one and drops the other."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _repeated(each)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated(value)


def _line(node: Any, keys: tuple[int | str, ...]) -> int:
    """The line of the deepest key that is in the file."""
    line: int = node.start_mark.line + 1
    for wanted in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == wanted), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(wanted, int):
            node = node.value[wanted]
            line = node.start_mark.line + 1
    return line
