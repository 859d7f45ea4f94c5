"""The words that stand around an article, in the language of its feed."""

import datetime as dt
from dataclasses import dataclass

from yibao.languages import language


@dataclass(frozen=True, slots=True)
class Labels:
    """The house's own words in one language.

    Attributes:
        translated_from: credit line; takes `language`, `translator`.
        translated_from_unnamed: the same where no translator is named; takes `language`.
        reviewed_by: takes `reviewer`.
        machine_assisted: how the draft came about and who answers for it.
        original, authors, photo, rights: stand before their value and a colon.
        original_published, published, updated: stand before a date.
        correction, withdrawn: head of a note; take `date`.
        withdrawn_text: the notice in place of the text.
        withdrawn_title: takes `title`.
        source_line: origin of an entry in a list; takes `source`, `language`.
        separator: between the names of a list.
        colon: between a label and its value.
        stop: at the end of a sentence, with the space that follows it.
        comma: between two remarks, with the space that follows it.
        clause: between two parts of a sentence, with the space that follows it.
        date: takes `year`, `month` (number), `month_name`, `day`.
        time: takes `date`, `hour`, `minute`, `zone`.
        archive: heading of a year's page; takes `year`.
        feeds, all_feeds, empty, languages, sections, skip: of pages.
        months: their names.
        names: of languages, by code.
    """

    translated_from: str
    translated_from_unnamed: str
    reviewed_by: str
    machine_assisted: str
    original: str
    authors: str
    photo: str
    rights: str
    original_published: str
    published: str
    updated: str
    correction: str
    withdrawn: str
    withdrawn_text: str
    withdrawn_title: str
    source_line: str
    separator: str
    colon: str
    stop: str
    comma: str
    clause: str
    date: str
    time: str
    archive: str
    feeds: str
    all_feeds: str
    empty: str
    languages: str
    sections: str
    skip: str
    months: tuple[str, ...]
    names: dict[str, str]

    @property
    def space(self) -> str:
        """What follows a full stop: nothing where characters are full-width."""
        return " " if self.colon.endswith(" ") else ""

    def day(self, moment: dt.date) -> str:
        """A date as people read it."""
        return self.date.format(
            year=moment.year,
            month=moment.month,
            month_name=self.months[moment.month - 1],
            day=moment.day,
        )

    def moment(self, moment: dt.datetime) -> str:
        """A date and time as people read it."""
        return self.time.format(
            date=self.day(moment), hour=moment.hour, minute=moment.minute, zone=_zone(moment)
        )

    def language_name(self, code: str) -> str:
        """A language's name in this one."""
        return self.names.get(code) or language(code).endonym


def _zone(moment: dt.datetime) -> str:
    """The zone as people write it: UTC, UTC+8, UTC+5:30."""
    offset = moment.strftime("%z")
    sign, hours, minutes = offset[:1], int(offset[1:3]), int(offset[3:5])
    if not hours and not minutes:
        return "UTC"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


ZH = Labels(
    translated_from="本文译自{language}，译者：{translator}",
    translated_from_unnamed="本文译自{language}",
    reviewed_by="审校：{reviewer}",
    machine_assisted="译文初稿由机器翻译生成，经人工审校后发布",
    original="原文",
    authors="作者",
    photo="图片",
    rights="版权",
    original_published="原文",
    published="译文发布",
    updated="更新",
    correction="更正（{date}）",
    withdrawn="撤回（{date}）",
    withdrawn_text="本文已由编辑部撤回，正文不再提供。转载媒体请同步撤下。",
    withdrawn_title="【已撤回】{title}",
    separator="、",
    colon="：",
    stop="。",
    comma="，",
    clause="；",
    date="{year}年{month}月{day}日",
    time="{date} {hour:02}:{minute:02}（{zone}）",
    archive="{year}年全部译文",
    feeds="订阅",
    all_feeds="全部订阅源（OPML）",
    empty="还没有发布译文。",
    languages="语言",
    sections="栏目",
    source_line="{source}，译自{language}",
    skip="跳到正文",
    months=tuple(str(number) for number in range(1, 13)),
    names={
        "zh": "中文",
        "en": "英文",
        "de": "德文",
        "es": "西班牙文",
        "fr": "法文",
        "ja": "日文",
        "ru": "俄文",
    },
)

EN = Labels(
    translated_from="Translated from {language} by {translator}",
    translated_from_unnamed="Translated from {language}",
    reviewed_by="reviewed by {reviewer}",
    machine_assisted="The translation began as a machine draft and was reviewed by our editors",
    original="Original",
    authors="Author",
    photo="Photo",
    rights="Rights",
    original_published="Original:",
    published="Translation published",
    updated="Updated",
    correction="Correction, {date}",
    withdrawn="Withdrawn, {date}",
    withdrawn_text=(
        "The newsroom has withdrawn this article and its text is no longer available. "
        "Partners who carried it are asked to take it down."
    ),
    withdrawn_title="Withdrawn: {title}",
    separator=", ",
    colon=": ",
    stop=". ",
    comma=", ",
    clause=", ",
    date="{day} {month_name} {year}",
    time="{date}, {hour:02}:{minute:02} {zone}",
    archive="All articles of {year}",
    feeds="Feeds",
    all_feeds="All feeds (OPML)",
    empty="No article has been published yet.",
    languages="Languages",
    sections="Sections",
    source_line="{source}, translated from {language}",
    skip="Skip to the article",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    names={
        "zh": "Chinese",
        "en": "English",
        "de": "German",
        "es": "Spanish",
        "fr": "French",
        "ja": "Japanese",
        "ru": "Russian",
    },
)

LABELS = {"zh": ZH, "en": EN}


def labels(code: str) -> Labels:
    """The words for a feed's language; English where we have no others."""
    return LABELS.get(code, EN)
