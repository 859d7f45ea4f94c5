"""Which passages of a page are its article: the generic path.

Extractors say what text is body; the passages that hold that text are the body. English (and
any other language with spaces): trafilatura, tuned for precision. Chinese: readability-lxml,
with jusText where readability finds much less. Measured on saved news pages, each is the best
single tool for its language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import justext  # type: ignore[import-untyped]  # ships no types
import readability  # type: ignore[import-untyped]  # ships no types
import trafilatura
from bs4 import Tag
from lxml.etree import LxmlError  # type: ignore[import-untyped]  # ships no types

from yibao.sources.passages import Passage, parse, passages
from yibao.sources.wording import bare

SHORT_KEY = 16
CHUNK = 12
MOST = 0.8
SCANTY = 0.4
GAP = 6
FULL_LINE = 30
FULL_BODY = 100
SETTING_DEPTH = 4
MOSTLY_ALIKE = 0.5
MOSTLY_LINKED = 0.5
# jusText without stop words, measured for Chinese.
PARTS = frozenset({"li", "ul", "ol", "dl", "dd", "dt", "table", "tbody", "tr", "td"})
BOX = re.compile(
    r"newsletter|subscri|related|recommend|promo|sidebar|share|social|breadcrumb|comment|pull-?quote"
    r"|advert|tuijian|xiangguan|pinglun|fenxiang",
    re.IGNORECASE,
)
Setting = tuple[tuple[str, str], ...]
JUSTEXT = {"stopwords_low": 0, "stopwords_high": 0, "length_low": 20, "length_high": 60}


def generic_body(html: str, page: Sequence[Passage], language: str) -> list[Passage]:
    """The passages of the article on a page; empty if there is none.

    Args:
        html: the page.
        page: all its passages.
        language: what it is written in.
    """
    if language != "zh":
        return with_neighbours(page, chosen(page, _spaced(html)))
    # Chinese pages hide comments, others the rest of the article until "read more".
    shown = [each for each in page if not each.hidden]
    lines = _chinese(html)
    return with_neighbours(shown, chosen(shown, lines)) or with_neighbours(
        page, chosen(page, lines)
    )


def chosen(page: Sequence[Passage], lines: Iterable[str]) -> list[Passage]:
    """The passages whose text is in the lines that an extractor kept.

    Short passages and those that the page repeats only inside the element that holds most of
    the others.
    """
    keys = [key for line in lines if (key := bare(line))]
    whole, single = "".join(keys), set(keys)
    kept = [each for each in page if _is_in(each, whole, single)]
    if not kept:
        return []
    counts = Counter(bare(each.text) for each in kept)
    # What is short or stands on the page twice may be in the extractor's text by chance.
    certain = [each for each in kept if counts[bare(each.text)] == 1 and _is_long(each)] or kept
    main = container(certain)
    sure = {id(each) for each in certain}
    return [each for each in kept if id(each) in sure or _inside(each, main)]


def container(body: Sequence[Passage], share: float = MOST) -> Tag:
    """The deepest element that holds most of the body's text.

    Raises:
        ValueError: the body is empty.
    """
    weights: dict[int, int] = {}
    tags: dict[int, Tag] = {}
    total = 0
    for each in body:
        total += len(each.text)
        for tag in (each.tag, *each.tag.parents):
            weights[id(tag)] = weights.get(id(tag), 0) + len(each.text)
            tags[id(tag)] = tag
    heavy = [tags[key] for key, weight in weights.items() if weight >= share * total]
    return max(heavy, key=lambda tag: sum(1 for _ in tag.parents))


def with_neighbours(page: Sequence[Passage], kept: Sequence[Passage]) -> list[Passage]:
    """The chosen passages, with the text that belongs to them though no extractor kept it.

    Paragraphs set exactly like most of the chosen ones; subheads, lists and tables that stand
    among them.
    """
    if not kept:
        return []
    kept = _with_alike(page, kept)
    main = container(kept)
    wanted = {id(each) for each in kept}
    places = [place for place, each in enumerate(page) if id(each) in wanted]
    first, last = places[0], places[-1]
    body: list[Passage] = []
    for place, each in enumerate(page):
        if id(each) in wanted:
            body.append(each)
        elif first < place < last and each.kind not in {"paragraph", "figure"}:
            fits = _inside(each, main) and each.linked < MOSTLY_LINKED and not each.caption
            if fits and _near(place, places) and _is_beside(each, kept) and not _in_box(each.tag):
                body.append(each)
    return _without_pull_quotes(body)


def with_pictures(page: Sequence[Passage], body: Sequence[Passage]) -> list[Passage]:
    """The body with the pictures, and what is marked as captions, among and close to it.

    Args:
        page: all passages of the page.
        body: the article's text, without anything that stands after its end.
    """
    if not any(each.text for each in body):
        return list(body)
    main = container([each for each in body if each.text])
    wanted = {id(each) for each in body}
    places = [place for place, each in enumerate(page) if id(each) in wanted]
    close = range(places[0] - GAP, places[-1] + GAP + 1)
    return [
        each
        for place, each in enumerate(page)
        if id(each) in wanted
        or (
            (each.figure is not None or each.caption)
            and place in close
            and _inside(each, main)
            and not _in_box(each.tag)
        )
    ]


def _with_alike(page: Sequence[Passage], kept: Sequence[Passage]) -> Sequence[Passage]:
    """The chosen passages and, after the first, the paragraphs in elements just like theirs.

    Extractors lose parts of articles whose paragraphs stand in several containers.
    """
    weights: Counter[Setting] = Counter()
    for each in kept:
        weights[_setting(each.tag)] += len(each.text)
    setting, weight = weights.most_common(1)[0]
    telling = any(classes for _, classes in setting[1:])
    if not telling or weight < MOSTLY_ALIKE * sum(weights.values()):
        return kept
    wanted = {id(each) for each in kept}
    start = next(place for place, each in enumerate(page) if id(each) in wanted)
    return [
        each
        for place, each in enumerate(page)
        if id(each) in wanted
        or (
            place > start
            and each.kind == "paragraph"
            and each.linked < MOSTLY_LINKED
            and len(each.text) >= FULL_LINE
            and _setting(each.tag) == setting
        )
    ]


def _is_beside(each: Passage, kept: Sequence[Passage]) -> bool:
    """Whether the element around a passage holds chosen ones as well: then it is no box."""
    tag = each.tag
    while tag.name in PARTS and isinstance(tag.parent, Tag):
        tag = tag.parent
    around = tag.parent
    return around is not None and any(around in other.tag.parents for other in kept)


def _in_box(tag: Tag) -> bool:
    """Whether an element, or one around it, says that it is something beside the article."""
    for each in (tag, *tag.parents):
        if each.name in {"aside", "nav", "footer"}:
            return True
        if each.name not in {"body", "html", "article", "main"}:
            marks = [*(each.get("class") or ()), str(each.get("id") or "")]
            if any(BOX.search(mark) for mark in marks):
                return True
    return False


def _without_pull_quotes(body: Sequence[Passage]) -> list[Passage]:
    """The body without quotations set apart that repeat what a paragraph says."""
    keys = [bare(each.text) for each in body]
    repeated = set()
    for place, each in enumerate(body):
        boxed = each.kind == "quote" or _in_box(each.tag)
        if boxed and len(keys[place]) >= SHORT_KEY and each.figure is None:
            others = keys[:place] + keys[place + 1 :]
            if any(keys[place] in other for other in others):
                repeated.add(place)
    return [each for place, each in enumerate(body) if place not in repeated]


def _setting(tag: Tag) -> Setting:
    """An element's name and classes, and those of the elements around it."""
    around = [tag, *tag.parents][:SETTING_DEPTH]
    return tuple((each.name, " ".join(each.get("class") or ())) for each in around)


def _spaced(html: str) -> list[str]:
    precise = _trafilatura(html, precise=True)
    return precise or _trafilatura(html, precise=False) or _readability(html)


def _chinese(html: str) -> list[str]:
    readable = _readability(html)
    dense = _justext(html)
    if _size(readable) >= SCANTY * _size(dense):
        return readable
    # If jusText has the same text and more, the rest is mostly comments; if it has another, then
    # readability has a mere corner of the page.
    known = bare("".join(dense))
    shared = sum(len(line) for line in readable if bare(line) in known)
    return readable if shared >= MOST * _size(readable) >= MOST * FULL_BODY else dense


def _trafilatura(html: str, *, precise: bool) -> list[str]:
    text = trafilatura.extract(html, favor_precision=precise, include_comments=False)
    return text.splitlines() if text else []


def _readability(html: str) -> list[str]:
    try:
        summary = readability.Document(html).summary(html_partial=True)
    except (readability.readability.Unparseable, LxmlError, ValueError):
        return []
    return [each.text for each in passages(parse(summary), "")]


def _justext(html: str) -> list[str]:
    try:
        found = justext.justext(html, frozenset(), **JUSTEXT)
    except (justext.core.JustextError, LxmlError, ValueError):
        return []
    return [paragraph.text for paragraph in found if not paragraph.is_boilerplate]


def _is_in(each: Passage, whole: str, single: set[str]) -> bool:
    key = bare(each.text)
    if not key:
        return False
    if each.kind == "table":
        cells = [bare(cell) for row in each.rows for cell in row if cell]
        return sum(cell in whole for cell in cells) >= MOST * len(cells) and len(key) > SHORT_KEY
    if not _is_long(each):
        return key in single
    if key in whole:
        return True
    chunks = [key[at : at + CHUNK] for at in range(0, len(key) - CHUNK + 1, CHUNK)]
    return len(chunks) > 3 and sum(chunk in whole for chunk in chunks) >= MOST * len(chunks)  # noqa: PLR2004  # enough to judge


def _is_long(each: Passage) -> bool:
    return len(bare(each.text)) >= SHORT_KEY


def _near(place: int, places: Sequence[int]) -> bool:
    """Whether the chosen passages go on soon before and after: a gap is not a foreign part."""
    before = max(each for each in places if each < place)
    after = min(each for each in places if each > place)
    return after - before <= GAP


def _inside(each: Passage, main: Tag) -> bool:
    return each.tag is main or main in each.tag.parents


def _size(lines: Iterable[str]) -> int:
    return sum(map(len, lines))
