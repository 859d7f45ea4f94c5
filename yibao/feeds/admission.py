"""What may enter a feed: every entry is cleaned and checked on its own before anything is built.

A bad entry is refused with its reason and never stops the others.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from uuid import UUID

from yibao.article import Article, Block, Figure
from yibao.errors import ConfigError, PublishError
from yibao.feeds.entry import Entry
from yibao.feeds.script import HAN
from yibao.languages import language

# All that XML 1.0 allows (https://www.w3.org/TR/xml/#charsets), lone surrogates left out.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Below this many letters the share of Chinese characters says nothing.
TELLING_LETTERS = 80
LEAST_HAN_IN_CHINESE = 0.2
MOST_HAN_IN_OTHERS = 0.3
WITHOUT_HAN_GATE = frozenset({"ja"})
ASCII_URL = "!#$%&'()*+,/:;=?@[]~"


def admit(
    entries: Iterable[Entry], code: str
) -> tuple[list[Entry], list[tuple[Entry, PublishError]]]:
    """Clean and check the entries of one language.

    Returns:
        those that may be published, cleaned and with times in UTC, and those refused with the
        reason; both in the order given.
    """
    admitted: list[Entry] = []
    refused: list[tuple[Entry, PublishError]] = []
    seen: set[str] = set()
    for entry in entries:
        try:
            cleaned = _admitted(entry, code)
            if cleaned.uuid in seen:
                raise _refusal(entry, "the same uuid stands twice in this language")
        except PublishError as error:
            refused.append((entry, error))
        else:
            seen.add(cleaned.uuid)
            admitted.append(cleaned)
    return admitted, refused


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """In the order of publication, newest first; entries of one moment in that of their uuid."""
    return sorted(
        sorted(entries, key=lambda entry: entry.uuid),
        key=lambda entry: entry.published,
        reverse=True,
    )


def latest(entries: Sequence[Entry], limit: int) -> list[Entry]:
    """The entries a feed holds: those that changed last, in the order of publication.

    A correction or withdrawal of an old entry thereby reaches those who poll the feed.
    """
    changed = sorted(newest_first(entries), key=lambda entry: entry.updated, reverse=True)
    return newest_first(changed[:limit])


def web_address(address: str, base: str = "") -> str:
    """An absolute http(s) address in ASCII, or "" where there is none.

    Args:
        address: absolute, or relative to `base`; Chinese in it is percent-encoded.
        base: absolute address of the page it stood on.
    """
    try:
        given = urlsplit(address.strip())
        if given.scheme and not given.netloc:
            return ""
        parts = urlsplit(urljoin(base, given.geturl()))
        host = (parts.hostname or "").encode("idna").decode()
        host = f"[{host}]" if ":" in host else host
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    return urlunsplit(
        (
            parts.scheme,
            host + port,
            quote(parts.path, safe=ASCII_URL),
            quote(parts.query, safe=ASCII_URL),
            quote(parts.fragment, safe=ASCII_URL),
        )
    )


def _refusal(entry: Entry, detail: str) -> PublishError:
    title = ILLEGAL.sub("", entry.article.title).strip()
    where = f"{entry.language}/{entry.uuid}" + (f" ({title})" if title else "")
    return PublishError(where, detail, "The entry is left out; correct it at the desk.")


def _admitted(entry: Entry, code: str) -> Entry:
    if entry.language != code or entry.article.language != code:
        raise _refusal(entry, f"its language is not {code}, the feed's")
    try:
        uuid = str(UUID(entry.uuid))
        language(entry.source_language)
    except (ValueError, AttributeError):
        raise _refusal(entry, "its uuid is none") from None
    except ConfigError as error:
        raise _refusal(entry, f"the language of its source is unknown: {error}") from error
    for name, moment in (("published", entry.published), ("updated", entry.updated)):
        if moment.tzinfo is None:
            raise _refusal(entry, f"its time `{name}` has no zone")
    source_url = web_address(entry.source_url)
    if not source_url:
        raise _refusal(entry, f"its source has no web address: {entry.source_url!r}")
    cleaned = replace(
        entry,
        uuid=uuid,
        article=_article(entry.article, source_url),
        source_url=source_url,
        source_title=_text(entry.source_title),
        source_name=_text(entry.source_name),
        published=_utc(entry.published),
        # Some stores note the approval before the publication that follows from it.
        updated=_utc(max(entry.published, entry.updated)),
        translator=_text(entry.translator),
        reviewer=_text(entry.reviewer),
        correction=_text(entry.correction),
    )
    if not cleaned.article.title:
        raise _refusal(entry, "it has no title")
    if not cleaned.withdrawn:
        _check_text(cleaned)
    return cleaned


def _check_text(entry: Entry) -> None:
    text = entry.article.text
    if not text.strip():
        raise _refusal(entry, "it has no text")
    letters = sum(map(str.isalpha, text))
    if letters < TELLING_LETTERS:
        return
    share = len(HAN.findall(text)) / letters
    if entry.language == "zh" and share < LEAST_HAN_IN_CHINESE:
        raise _refusal(entry, f"declared Chinese, but {share:.0%} of its letters are")
    gated = entry.language not in WITHOUT_HAN_GATE | {"zh"}
    if gated and share > MOST_HAN_IN_OTHERS:
        raise _refusal(
            entry, f"declared {language(entry.language).name}, but {share:.0%} is Chinese"
        )


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _stated(moment: datetime | None) -> datetime | None:
    """A time of the source; none where it has no zone, since it says nothing to the world.

    It stays in the source's zone, for its date is the one that readers see there.
    """
    return moment.replace(microsecond=0) if moment and moment.tzinfo else None


def _text(text: str) -> str:
    return ILLEGAL.sub("", text).strip()


def _article(article: Article, base: str) -> Article:
    return replace(
        article,
        title=" ".join(_text(article.title).split()),
        summary=_text(article.summary),
        source=_text(article.source),
        authors=_filled(article.authors),
        editors=_filled(article.editors),
        rights=_text(article.rights),
        published=_stated(article.published),
        modified=_stated(article.modified),
        blocks=tuple(_block(block, web_address(article.url) or base) for block in article.blocks),
    )


def _filled(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, names)))


def _block(block: Block, base: str) -> Block:
    changes: dict[str, Any] = {"text": _text(block.text)}
    if block.figure is not None:
        changes["figure"] = _figure(block.figure, base)
    if block.rows:
        changes["rows"] = tuple(tuple(map(_text, row)) for row in block.rows)
    return replace(block, **changes)


def _figure(figure: Figure, base: str) -> Figure:
    """The figure with an absolute address; without its picture where that has no web address."""
    return Figure(
        image=web_address(figure.image, base) if figure.image.strip() else "",
        alt=_text(figure.alt),
        caption=_text(figure.caption),
        credit=_text(figure.credit),
    )
