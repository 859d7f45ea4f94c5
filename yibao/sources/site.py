"""What we know of one site: where on its pages things are.

A site file is `sites/<name>.yaml`. Selectors are CSS; a key may hold one or a list, of which
the first that finds something counts. What a file leaves out is found by the generic rules.
Several files may name one host, for layouts of different times.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import soupsieve
import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from yibao.errors import ConfigError
from yibao.sources.address import problem

FOLDER = Path(__file__).with_name("sites")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DATED = re.compile(r"(?<!\d)(20\d\d)[-/]?(0[1-9]|1[0-2])(?:[-/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
REMEDY = "Correct the file; sites/stdaily.yaml shows every key."


def _listed(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


def _compiled(selectors: tuple[str, ...]) -> tuple[str, ...]:
    for selector in selectors:
        try:
            soupsieve.compile(selector)
        except soupsieve.SelectorSyntaxError as error:
            said = str(error).splitlines()[0]
            raise ValueError(f"{selector!r} is no CSS selector: {said}") from None
    return selectors


Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Selectors = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_compiled)]


class Part(BaseModel):
    """A part of a site file; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ListPage(Part):
    """The site's list pages.

    Attributes:
        item: one entry of the list.
        link: in the entry, the link to the article.
        date: in the entry, its date.
    """

    item: Selectors
    link: Selectors = ("a",)
    date: Selectors = ()


class Site(Part):
    """One site's layout.

    Attributes:
        name: the file's name.
        host: host names it holds for; subdomains must be named too.
        valid_from: the day from which pages look like this.
        sample: address of the saved sample page under tests/sources/sites/<name>/.
        title, body, date, source, author, section, rights: where these are.
        strip: what is no part of the body, though inside it.
        caption: elements that are the caption of the image before them.
        next: the link to the article's next page.
        list: list pages.
    """

    name: str
    host: Annotated[Listed, Field(min_length=1)]
    valid_from: date
    sample: str
    title: Selectors = ()
    body: Selectors = ()
    date: Selectors = ()
    source: Selectors = ()
    author: Selectors = ()
    section: Selectors = ()
    rights: Selectors = ()
    strip: Selectors = ()
    caption: Selectors = ()
    next: Selectors = ()
    list: ListPage | None = None


def load_site(path: Path) -> Site:
    """Read one site file.

    Raises:
        ConfigError: it is missing, no YAML, or has a wrong key or value.
    """
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(each.stem for each in path.parent.glob("*.yaml")))
        raise ConfigError(str(path), "no such site file", f"Known sites: {known}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read ({error})", REMEDY) from error
    except yaml.YAMLError as error:
        raise ConfigError(str(path), f"not YAML: {error}", REMEDY) from error
    if not isinstance(given, dict):
        raise ConfigError(str(path), "is empty or no mapping", REMEDY)
    try:
        return Site.model_validate({**given, "name": path.stem})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        said = str(first["msg"]).removeprefix("Value error, ")
        detail = "unknown key" if first["type"] == "extra_forbidden" else said
        raise ConfigError(str(path), f"{key}: {detail}", REMEDY) from error


def find_site(wanted: str) -> Site | None:
    """The site of a name, or of an address; none if no file knows the address's host.

    Of several layouts of a host, the newest that was valid at the date in the address.

    Raises:
        ConfigError: no site of that name, or a broken file.
    """
    if "/" not in wanted:
        if not NAME.fullmatch(wanted):
            raise ConfigError(f"site {wanted!r}", "is no name of a site file", "Write the name.")
        return _loaded(FOLDER / f"{wanted}.yaml")
    if problem(wanted):
        return None
    host = (urlsplit(wanted).hostname or "").lower()
    layouts = [site for site in _all() if host in site.host]
    day = _day_of(wanted)
    valid = [site for site in layouts if day is None or site.valid_from <= day]
    return max(valid or layouts, key=lambda site: site.valid_from, default=None)


@cache
def _loaded(path: Path) -> Site:
    return load_site(path)


def _all() -> list[Site]:
    return [_loaded(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _day_of(url: str) -> date | None:
    found = DATED.search(urlsplit(url).path)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 28))
    except ValueError:
        return None
