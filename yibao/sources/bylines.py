"""Who wrote it, where it is from, when: the line under a headline, read as one record.

Chinese pages have hardly any structured data; this line is where source, date and names are:
"2021-10-28 09:12 来源：X 作者：Y 责任编辑：Z", "Source: X| 2021-10-28 09:12:35| Author: Y".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from yibao.sources.dates import Found, find_times
from yibao.sources.surnames import is_name

Field = Literal["source", "authors", "editors", "published", "modified", "other"]

LABELS: tuple[tuple[Field, str], ...] = (
    (
        "editors",
        r"责任?编辑|责编|責任編輯|編輯|编辑|审核|审校|校对|监制|editors?|edited by|proofreader",
    ),
    ("modified", r"更新时间|更新于|最后更新|修改时间|last updated|updated(?: on)?|modified"),
    (
        "published",
        (
            r"发布时间|发表时间|发布日期|发表日期|更新日期|发布于|发表于|发稿时间|时间|日期|發布時間|"
            r"published(?: on)?|pub(?:lication)? ?date|date|posted(?: on)?|release time|time"
        ),
    ),
    (
        "source",
        r"信息来源|文章来源|稿件来源|新闻来源|来源于|来源|來源|稿源|出处|source|from",
    ),
    (
        "authors",
        (
            r"文字作者|作者|作 者|特约记者|本报记者|本报通讯员|记者|記者|通讯员|撰文|撰稿人?|"
            r"执笔人?|采写|(?<![一-鿿])文|authors?|by|reporters?|writers?|written by"
        ),
    ),
    (
        "other",
        (
            r"浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击数|点击率|点击|访问量|字体|字号|分享到|分享|"
            r"评论|收藏|打印|举报|"
            r"\bviews?\b|\bshare\b|\bfont\b|\bcomments?\b|\bhits\b|\bclicks\b"
        ),
    ),
)
_WORDS = dict(LABELS)
_LABELLED = "|".join(
    rf"(?P<{field}>(?<![A-Za-z])(?:{words})(?![A-Za-z]))" for field, words in LABELS
)
# A role needs no colon before names that stand alone: 记者 周堃 沈一帆.
LABEL = re.compile(
    rf"(?:{_LABELLED})(?:\s*[:：]\s*|(?<=[者员])\s+(?=[一-鿿]{{2,4}}(?:[\s、]|$)))", re.IGNORECASE
)
UNLABELLED_OTHER = re.compile(rf"(?:{_WORDS['other']}|【|\[|大 中 小|我要)", re.IGNORECASE)
NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
BY = re.compile(
    rf"^\s*(?i:by)\s+(?P<names>{NAME_WORD}"
    rf"(?:(?:,? and |, | & | )(?:(?:de|van|von|al|bin|la|del) )?{NAME_WORD}){{0,9}})\s*(?:$|[|,])"
)
REPORTERS = re.compile(
    r"(?:记者|記者|通讯员|特派员|评论员|評論員|实习生)\s*[:：]?\s*"
    r"(?P<names>[一-鿿·]{2,}(?:[\s、，,　]+[一-鿿·]{2,}){0,7})"
)
WRITTEN = re.compile(
    r"[（(]?\s*(?:文|撰文|作者|采写|撰稿|执笔人?)\s*[/／丨|:：]\s*(?P<names>[^（）()【】\n。]{2,40})"
)
# A last line that is a name in brackets.
SIGNATURE = re.compile(r"[（(]\s*(?P<name>[一-鿿·]{2,8})\s*[）)]$")
# What follows a name without a space: the verb of the first sentence, or another role.
AFTER_NAME = re.compile(
    r"(?:报道|摄影|摄|文|图|获悉|了解|从|在|日前|近日|采访|发自|来到|走进|见习|实习|通讯员|综合|整理|编译).*$"
)
NAME_SPLIT = re.compile(r"\s*(?:[、，,;；/／&|]|\band\b|　|和(?=[一-鿿]))\s*|\s{2,}")
HAN_NAME = re.compile(r"[一-鿿·]{1,12}")
ROLE = re.compile(
    r"^\s*(?:[一-鿿]{2,8}(?:记者|記者|作者|通讯员|评论员|实习生)[\s:：]+)?"
    r"(?:by\b|文\s*[/／:：]|作者|本报|本网|本刊|特约|见习|实习|全媒体)?\s*"
    r"(?:记者|記者|通讯员|实习生|评论员|撰文|采写|reporters?|writers?|correspondents?|staff)?"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
ROLE_WORD = re.compile(
    r"^(?:[一-鿿]{0,8}(?:日报|晚报|报|网|社|台|刊))?(?:本报|本网|特约|见习|实习|全媒体)*"
    r"(?:首席)?(?:记者|記者|通讯员|实习生|评论员|摄影报道|报道|文|摄影)[:：]?"
)
# A bare 文 may be the end of a name: 王文.
ROLE_END = re.compile(r"(?:\s*(?:报道|摄影报道|文图|文/图|采写|编辑|整理|/文)|\s+文)$")
NOT_A_NAME = re.compile(
    r"^(?:admin|administrator|unknown|none|null|佚名|未知|无|网络|本站|管理员|发布|责任|综合|原创|转载|编辑|记者|"
    r"source|author|editor|staff|newsroom|name|sponsored|.*\bteam)$|https?:|www\.|@|\d{3,}|[（(=]"
    r"|[一-鿿]{7}|(?:见习|实习|特约|首席|全媒体)$|[“”《》：:]|[一-鿿]{2}(?:网|报|社|台|局|部|集团|日报|晚报|频道|中心|编辑部|出版社|新闻|在线|公司|记者团|期刊|简介|统计)$",
    re.IGNORECASE,
)
OFFICE = re.compile(r"[一-鿿](?:日报|晚报|报|网|社|台|刊|频道)$")
OFFICE_ROLE = re.compile(r"[一-鿿·]{2,12}(?:报|网|社|台|刊|频道)\s+(?:记者|通讯员)\s")
# 白沙网·白沙报记者何苇/文 受访者供图
CREDITED = re.compile(
    r"[一-鿿·]{0,14}(?:记者|通讯员)[一-鿿·\s]{2,12}[/／](?:文|图|摄)[一-鿿·/／\s]{0,12}"
)
# A broken page's own markup.
MARKUP = re.compile(r"[<>=\"]")
MAX_LINE = 260
MAX_NAME, MAX_BY = 40, 80
MAX_SOURCE = 40


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says; empty fields are those that it does not give."""

    source: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    clock: bool = False

    def filled_from(self, other: "Byline") -> "Byline":
        """This one, with what it lacks taken from another."""
        return Byline(
            source=self.source or other.source,
            authors=self.authors or other.authors,
            editors=self.editors or other.editors,
            published=self.published or other.published,
            modified=self.modified or other.modified,
            clock=self.clock if self.published else other.clock,
        )


def parse_byline(text: str, zone: tzinfo) -> Byline:
    """The record of one line; an empty one if the line has no label and no time."""
    text = re.sub(r"\s{3,}", "  ", text[:MAX_LINE])
    times = find_times(text, zone)
    labels = list(LABEL.finditer(text))
    byline = Byline()
    for place, label in enumerate(labels, 1):
        field: Field = label.lastgroup  # type: ignore[assignment]  # the groups are the fields
        end = labels[place].start() if place < len(labels) else len(text)
        said = _labelled(field, text, label.end(), end, times)
        if field == "authors":  # 记者 X 通讯员 Y are two labels
            said = replace(said, authors=tuple(dict.fromkeys(byline.authors + said.authors)))
            byline = replace(byline, authors=())
        byline = byline.filled_from(said)
    by = BY.match(text[: times[0].start] if times else text)
    if by and not byline.authors:
        byline = replace(byline, authors=names(by["names"]))
    return byline.filled_from(_first_time(times))


def names(text: str) -> tuple[str, ...]:
    """The people of a list of names, without roles; names that are none are left out."""
    people = []
    text = re.sub(r"\s{3,}", "  ", text)  # the patterns are slow on runs of spaces
    for part in NAME_SPLIT.split(_without_role(text)):
        people += _people(_without_role(part))
    kept = [each for each in people if len(each) > 1 and not NOT_A_NAME.search(each)]
    return tuple(dict.fromkeys(each for each in kept if len(each) <= MAX_NAME))


def reporters(lines: Sequence[str]) -> tuple[str, ...]:
    """The reporters whom the body itself names, at its head or its foot.

    Args:
        lines: the body's paragraphs.
    """
    body = "\n".join(lines)
    signed = SIGNATURE.fullmatch(lines[-1]) if lines else None
    if signed and is_name(signed["name"]):
        return (signed["name"],)
    for part in (body[:200], body[-160:]):
        found = WRITTEN.search(part)
        people = names(found["names"]) if found else ()
        if people:
            return people
        named = [
            name for found in REPORTERS.finditer(part) for name in _leading_names(found["names"])
        ]
        if named:
            return tuple(dict.fromkeys(named))
    return ()


def is_byline(text: str, zone: tzinfo) -> bool:
    """Whether a line only says who, where from and when, and so is no part of the body."""
    if len(text) > MAX_LINE:
        return False
    rest = text
    for found in reversed(find_times(text, zone)):
        rest = rest[: found.start] + rest[found.end :]
    rest = rest.strip("（(【[ 　|")
    rest = re.sub(r"^(?:更新|发布|发表)\s*(?=\S)", "", rest) if rest != text else rest
    if not re.sub(r"[\W_]+", "", rest):
        return rest != text
    if LABEL.match(rest) is None:
        return (BY.match(rest) is not None and len(rest) < MAX_BY) or _is_reporters(rest)
    byline = parse_byline(text, zone)
    left = LABEL.sub("", rest)
    for each in (*byline.authors, *byline.editors, byline.source):
        left = left.replace(each, "")
    return len(re.sub(r"[\W_]+", "", left)) <= max(8, len(text) // 4)


def _is_reporters(text: str) -> bool:
    """Whether a line is roles and names alone: 本报记者 林叶青 通讯员 何田."""
    bare = text.strip("（）()【】[] 　")
    if CREDITED.fullmatch(bare):
        return True
    if not ROLE_WORD.search(bare) and not OFFICE_ROLE.match(bare):
        return False
    words = re.split(r"[\s、，,　/／]+", bare)
    return all(not word or is_name(word) or _is_role(word) for word in words)


def _is_role(word: str) -> bool:
    bare = ROLE_WORD.sub("", word)
    return OFFICE.search(word) is not None or (bare != word and (not bare or is_name(bare)))


def _labelled(field: Field, text: str, start: int, end: int, times: Sequence[Found]) -> Byline:
    """What stands between a label and the next one, up to a time if it is no time's label."""
    inside = [found for found in times if start <= found.start < end]
    if field in {"published", "modified"}:
        return _timed(field, inside)
    end = inside[0].start if inside else end
    value = text[start:end].strip(" \t|｜丨—-·　（(【[")
    if field == "source":
        return Byline(source=_source(value))
    if field == "authors":
        # 作者：赵培：北京物资学院: what follows the name is where they work.
        return Byline(authors=names(re.split(r"[:：]", _first_part(value))[0]))
    return Byline(editors=names(_first_part(value))) if field == "editors" else Byline()


def _timed(field: Field, times: Sequence[Found]) -> Byline:
    if not times:
        return Byline()
    if field == "modified":
        return Byline(modified=times[0].when)
    return Byline(published=times[0].when, clock=times[0].clock)


def _source(value: str) -> str:
    value = UNLABELLED_OTHER.split(_first_part(value))[0]
    value = value.strip(" \t）)】]:：|,，;；。")
    return value if len(value) <= MAX_SOURCE and not MARKUP.search(value) else ""


def _first_part(value: str) -> str:
    parts = re.split(r"[|｜丨┃│）)】\]]|　{1,}|\s{3,}", value)
    return parts[0] if parts else ""


def _first_time(times: Sequence[Found]) -> Byline:
    clocked = [found for found in times if found.clock]
    best = next(iter(clocked or times), None)
    return Byline(published=best.when, clock=best.clock) if best else Byline()


def _people(part: str) -> list[str]:
    """One name, or, where only spaces part Chinese names, several."""
    part = part.strip(" \t.。:：()（）[]【】\"'“”*")
    words = part.split()
    if len(words) > 1 and all(HAN_NAME.fullmatch(word) for word in words):
        if all(len(word) == 1 for word in words):
            return ["".join(words)]
        bare = [_without_role(word) for word in words]
        # 彭冲 山东冠县报道: what is no name among names is a place.
        return [word for word in bare if is_name(word)] or bare
    return [part]


def _without_role(text: str) -> str:
    return ROLE_END.sub("", ROLE.sub("", text)).strip()


def _leading_names(text: str) -> list[str]:
    """The names at the start of what follows 记者; the first word that is none ends them."""
    found = []
    for word in re.split(r"[\s、，,　]+", text):
        name = ROLE.sub("", word)
        if not is_name(name):
            name = AFTER_NAME.sub("", name)
        if name and not is_name(name):
            break
        found += [name] if name else []
    return found
