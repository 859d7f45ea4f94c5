"""A translation as the editor page shows it: blocks, their segments, terms, findings, drafts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from yibao.article import Article, Block
from yibao.desk.models import (
    Action,
    EventKind,
    MachineDraft,
    Segment,
    SegmentEdit,
    SegmentState,
    Translation,
    User,
)
from yibao.desk.pages.confidence import band, band_label
from yibao.desk.pages.findings import ShownFinding, shown_findings, waived_terms
from yibao.desk.pages.terms import Part, ShownTerm, source_parts, terms_in_force
from yibao.desk.workflow.checking import judged
from yibao.desk.workflow.permissions import may
from yibao.glossary import Term
from yibao.languages import Language, language
from yibao.text.diff import Piece, diff

WIDTH = {True: 62, False: 34}
"""Characters that fit a line of a text field, by whether the language has spaces."""


@dataclass(slots=True)
class Row:
    """A segment on the page.

    Attributes:
        segment: the row of the store.
        number: its place on the page, from one.
        source_language, target_language: of the pair.
        glossed: the terms in force by id.
        approved: the text that was approved last, if somebody edited it since; else None.
        conflict, problem: what the last request met.
    """

    segment: Segment
    number: int
    source_language: Language
    target_language: Language
    glossed: Mapping[str, Term]
    approved: str | None = None
    conflict: str = ""
    problem: str = ""

    @property
    def id(self) -> int:
        """Of the segment's row in the store."""
        return int(self.segment.pk)

    @property
    def key(self) -> str:
        """Its place in the article, fit for an element's id."""
        return str(self.segment.key).replace(".", "-")

    @property
    def anchor(self) -> str:
        """The id of its element on the page."""
        return f"s-{self.key}"

    @property
    def version(self) -> int:
        """What a save has to name."""
        return int(self.segment.version)

    @property
    def source(self) -> str:
        """The source text."""
        return str(self.segment.source)

    @property
    def text(self) -> str:
        """The translation as it stands."""
        return str(self.segment.text)

    @property
    def lines(self) -> int:
        """Height of the text field where no script and no style makes it grow."""
        width = WIDTH[self.target_language.spaced]
        length = max(len(self.text), len(self._draft.text) if self._draft else 0)
        return max(1, -(-length // width))

    @property
    def place(self) -> str:
        """Where in its block it stands, where that does not show otherwise."""
        role, key = self.segment.role, str(self.segment.key).split(".")
        if role == "cell":
            row, column = int(key[1][1:]), int(key[2][1:])
            return str(_("Row %(row)d, column %(column)d") % {"row": row, "column": column})
        if role == "alt":
            return str(_("What the picture shows, for those who do not see it"))
        return ""

    @property
    def state(self) -> str:
        """Of the segment."""
        return str(self.segment.state)

    @property
    def open(self) -> bool:
        """Whether it still wants a person."""
        return self.state != SegmentState.CONFIRMED

    @property
    def state_label(self) -> str:
        """The state in plain words, with the reason where it was reopened."""
        label = self.segment.get_state_display()
        why = self.segment.get_reopened_by_display() if self.segment.reopened_by else ""
        return f"{label}: {why}" if why else str(label)

    @property
    def editor(self) -> str:
        """Who last changed the text; empty while it is the machine's."""
        person = self.segment.edited_by
        return person.display_name if person else ""

    @property
    def confirmer(self) -> str:
        """Who confirmed a text that is another's; empty where nobody else did."""
        person = self.segment.confirmed_by
        return person.display_name if person and person != self.segment.edited_by else ""

    @property
    def edited(self) -> datetime | None:
        """When."""
        moment: datetime | None = self.segment.edited
        return moment

    @property
    def former_source(self) -> str:
        """What stood here before the source changed."""
        return str(self.segment.former_source)

    @property
    def source_changes(self) -> tuple[Piece, ...]:
        """From the former source to the one that stands."""
        return diff(self.former_source, self.source)

    @property
    def _draft(self) -> MachineDraft | None:
        draft: MachineDraft | None = self.segment.draft
        return draft

    @property
    def draft(self) -> str:
        """The draft's text; empty where there is none yet."""
        return str(self._draft.text) if self._draft else ""

    @property
    def from_memory(self) -> bool:
        """Whether the draft is a text that the house approved before."""
        return self._draft is not None and self._draft.origin == "memory"

    @property
    def untouched(self) -> bool:
        """Whether the text is the machine's, word for word."""
        return bool(self.draft) and self.draft == self.text and not self.from_memory

    @property
    def engine(self) -> str:
        """What made the draft, for those who want to know exactly."""
        if self._draft is None or not self._draft.engine:
            return ""
        made = {"engine": self._draft.engine, "glossary": self._draft.glossary or "–"}
        return str(_("%(engine)s, glossary %(glossary)s") % made)

    @property
    def band(self) -> str:
        """The confidence band of a machine draft that nobody has touched."""
        if self._draft is None or self._draft.origin != "engine":
            return ""
        return band(self._draft.confidence)

    @property
    def band_label(self) -> str:
        """The band in words."""
        return band_label(self.band)

    @property
    def changes(self) -> tuple[Piece, ...]:
        """From the draft to the text as it stands."""
        return diff(self.draft, self.text)

    @property
    def correction(self) -> tuple[Piece, ...]:
        """From the text that was approved to the one that stands; nothing where they are one."""
        changed = self.approved is not None and self.approved != self.text
        return diff(self.approved or "", self.text) if changed else ()

    @property
    def findings(self) -> list[ShownFinding]:
        """What the checks say, errors first, the dismissed last."""
        return shown_findings(judged(self.segment))

    @property
    def errors(self) -> int:
        """How many findings stand in the way of submitting."""
        return self._standing("error")

    @property
    def warnings(self) -> int:
        """How many findings deserve a look."""
        return self._standing("warning")

    def _standing(self, severity: str) -> int:
        return sum(
            each.finding.severity == severity and each.dismissal is None
            for each in judged(self.segment)
        )

    @property
    def terms(self) -> list[ShownTerm]:
        """The house terms, each form once, in the order of the source."""
        return list(dict.fromkeys(part.term for part in self.source_parts if part.term))

    @property
    def source_parts(self) -> list[Part]:
        """The source, cut where terms begin and end."""
        waived = waived_terms(judged(self.segment))
        return source_parts(self.segment, self.glossed, self.target_language.code, waived)


@dataclass(frozen=True, slots=True)
class Group:
    """A block of the article, or its headline or standfirst.

    Attributes:
        key: its place in the article.
        kind: title, summary, or the kind of the block.
        label: what it is, in words.
        rows: its segments.
        table: of a table: the source's cells.
        header: of a table: whether the first row is a header.
    """

    key: str
    kind: str
    label: str
    rows: tuple[Row, ...]
    table: tuple[tuple[str, ...], ...] = ()
    header: bool = False

    @property
    def quiet(self) -> bool:
        """Whether its looks say what it is, so that the label is for screen readers alone."""
        return self.kind in {"paragraph", "list_item"}


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A translation on the page.

    Attributes:
        translation: the row of the store.
        article: the source.
        source_language, target_language: of the pair.
        groups: the blocks in reading order.
        editable: whether this person may edit it now.
        errors: how many findings stand in the way of submitting.
        warnings: how many deserve a look.
    """

    translation: Translation
    article: Article
    source_language: Language
    target_language: Language
    groups: tuple[Group, ...]
    editable: bool
    errors: int
    warnings: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every segment in reading order."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def done(self) -> int:
        """How many segments are confirmed."""
        return sum(not row.open for row in self.rows)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.rows)

    @property
    def first_error(self) -> str:
        """Where the first of the errors is, for an address; empty where there is none."""
        return next((row.anchor for row in self.rows if row.errors), "")

    @property
    def first_warning(self) -> str:
        """Where the first of the warnings is."""
        return next((row.anchor for row in self.rows if row.warnings), "")

    @property
    def title(self) -> str:
        """The headline as it is translated now."""
        return next((row.text for row in self.rows if row.segment.key == "title"), "")

    def row(self, segment_id: int) -> Row:
        """The row of a segment.

        Raises:
            KeyError: it is not one of this translation's.
        """
        for row in self.rows:
            if row.id == segment_id:
                return row
        raise KeyError(segment_id)


def worksheet(translation: Translation, person: User) -> Worksheet:
    """The page of a translation for a person."""
    article = translation.revision.value
    source_language = language(translation.article.language)
    target_language = language(translation.language)
    glossed = terms_in_force(translation.article.source)
    segments = translation.segments.current().select_related("draft", "edited_by", "confirmed_by")
    approved = _approved_texts(translation)
    rows = [
        Row(segment, number, source_language, target_language, glossed, approved.get(segment.pk))
        for number, segment in enumerate(segments, 1)
    ]
    return Worksheet(
        translation,
        article,
        source_language,
        target_language,
        tuple(_groups(article, rows)),
        may(person, Action.EDIT, translation),
        sum(row.errors for row in rows),
        sum(row.warnings for row in rows),
    )


def _approved_texts(translation: Translation) -> dict[int, str]:
    """What segments that were edited since the last approval said then, by id.

    A segment whose draft is younger than the approval has a source that nobody approved yet.
    """
    last = translation.events.filter(kind=EventKind.APPROVED).order_by("id").last()
    if last is None:
        return {}
    edits = SegmentEdit.objects.filter(
        segment__translation=translation, created__gt=last.created
    ).exclude(segment__draft__created__gt=last.created)
    # The oldest edit comes last, and stays: what it changed is what was approved.
    return dict(edits.order_by("-id").values_list("segment_id", "old"))


def _groups(article: Article, rows: list[Row]) -> Iterator[Group]:
    for key, run in groupby(rows, key=lambda row: str(row.segment.key).split(".")[0]):
        held = tuple(run)
        if key in {"title", "summary"}:
            label = _("Headline") if key == "title" else _("Standfirst")
            yield Group(key, key, label, held)
        else:
            block = article.blocks[int(key[1:]) - 1]
            yield Group(key, block.kind, _label(block), held, block.rows, block.header)


def _label(block: Block) -> str:
    if block.figure is not None:
        return " · ".join(filter(None, (_("Picture"), block.figure.credit)))
    words = {
        "heading": _("Subhead"),
        "paragraph": _("Paragraph"),
        "list_item": _("List item"),
        "quote": _("Quotation"),
        "table": _("Table"),
    }
    return str(words[block.kind])
