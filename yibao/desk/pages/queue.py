"""What the queue page lists: translations by state and by who is at them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yibao.desk import house
from yibao.desk.models import (
    Hold,
    Segment,
    SegmentState,
    Translation,
    TranslationState,
    User,
)
from yibao.desk.pages.confidence import band, band_label
from yibao.desk.workflow.checking import judged
from yibao.desk.workflow.permissions import EDITORS, role_of
from yibao.languages import LANGUAGES, Language, language
from yibao.newsroom import Newsroom

PER_PAGE = 50
FOR_ME = ""
ALL = "all"
TABS = (
    (FOR_ME, gettext_lazy("For me")),
    (TranslationState.WAITING, TranslationState.WAITING.label),
    (TranslationState.DRAFTED, TranslationState.DRAFTED.label),
    (TranslationState.IN_REVIEW, TranslationState.IN_REVIEW.label),
    (TranslationState.RETURNED, TranslationState.RETURNED.label),
    (TranslationState.READY, TranslationState.READY.label),
    (TranslationState.APPROVED, TranslationState.APPROVED.label),
    (TranslationState.WITHDRAWN, TranslationState.WITHDRAWN.label),
    (ALL, gettext_lazy("All")),
)
"""Values of `state` in the address, and what the tabs are called."""
OPEN = (TranslationState.DRAFTED, TranslationState.IN_REVIEW, TranslationState.RETURNED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; empty is no restriction.

    Attributes:
        state: a value of TABS.
        language: code of the language translated into.
        section: key of a section in newsroom.yaml.
        mine: only what this person holds.
        page: counted from one.
    """

    state: str = FOR_ME
    language: str = ""
    section: str = ""
    mine: bool = False
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str], newsroom: Newsroom) -> "Filters":
        """The filters in an address; what is not known there is left out."""
        state, code, section = (given.get(key, "") for key in ("state", "language", "section"))
        page = given.get("page", "")
        return cls(
            state if state in dict(TABS) else FOR_ME,
            code if code in LANGUAGES else "",
            section if section in newsroom.sections else "",
            given.get("mine") == "1",
            max(1, int(page)) if re.fullmatch(r"[0-9]{1,6}", page) else 1,
        )

    @property
    def narrow(self) -> bool:
        """Whether anything besides the state is asked for."""
        return bool(self.language or self.section or self.mine)


@dataclass(frozen=True, slots=True)
class Line:
    """A translation in the queue.

    Attributes:
        translation: the row of the store, with its article.
        title: the headline as it is translated so far.
        segments: how many there are.
        done: how many of them are confirmed.
        size: of the source: words, or characters where a language has no spaces.
        errors, warnings: findings that nobody dismissed.
        band: confidence band of the drafts that nobody has touched; empty where there are none.
        hold: who holds it, seen by the person.
        organ: where the article came from, as readers know it.
        section: its name, in the language of the interface where there is one.
    """

    translation: Translation
    source_language: Language
    target_language: Language
    title: str
    segments: int
    done: int
    size: int
    errors: int
    warnings: int
    band: str
    hold: Hold
    organ: str
    section: str

    @property
    def band_label(self) -> str:
        """The confidence band in words."""
        return band_label(self.band)

    @property
    def size_label(self) -> str:
        """The size with its unit."""
        if self.source_language.spaced:
            return str(_("%(number)s words") % {"number": f"{self.size:,}"})
        return str(_("%(number)s characters") % {"number": f"{self.size:,}"})

    @property
    def tone(self) -> str:
        """The colour of the state."""
        tones = {"approved": "good", "ready": "info", "returned": "bad", "withdrawn": "bad"}
        return tones.get(self.translation.state, "careful" if self.hold == Hold.OWN else "")


@dataclass(frozen=True, slots=True)
class Tab:
    """A state with the number of translations in it."""

    value: str
    label: str
    count: int
    here: bool


def tabs(filters: Filters, person: User) -> list[Tab]:
    """The states with their numbers; rare ones that are empty are left out."""
    narrowed = _narrowed(filters, person)
    by_state = dict(narrowed.values_list("state").annotate(Count("pk")).order_by())
    counts = {
        **by_state,
        FOR_ME: narrowed.filter(_for(person)).count(),
        ALL: sum(by_state.values()),
    }
    rare = {TranslationState.WAITING, TranslationState.RETURNED, TranslationState.WITHDRAWN}
    return [
        Tab(value, str(label), counts.get(value, 0), here=value == filters.state)
        for value, label in TABS
        if counts.get(value) or value not in rare or value == filters.state
    ]


def waiting(filters: Filters, person: User) -> QuerySet:
    """The translations that the filters ask for, the most pressing first."""
    rows = _narrowed(filters, person)
    if filters.state == FOR_ME:
        rows = rows.filter(_for(person))
    elif filters.state != ALL:
        rows = rows.filter(state=filters.state)
    newest_first = filters.state in {ALL, TranslationState.APPROVED, TranslationState.WITHDRAWN}
    order = ("-changed",) if newest_first else ("rank", "created")
    return (
        rows.annotate(rank=_rank(person))
        .select_related("article", "revision", "claimed_by")
        .order_by(*order, "pk")
    )


def lines(translations: list[Translation], person: User, interface: str) -> list[Line]:
    """Translations as the page shows them; two queries for all of them.

    Args:
        translations: of one page.
        person: who looks.
        interface: code of the interface's language, for names of sections.
    """
    held: dict[object, list[Segment]] = {each.pk: [] for each in translations}
    segments = Segment.objects.current().filter(translation__in=translations)
    for segment in segments.select_related("draft"):
        held[segment.translation_id].append(segment)
    newsroom, now = house.newsroom(), timezone.now()
    return [_line(each, held[each.pk], person, newsroom, now, interface) for each in translations]


def _line(  # noqa: PLR0913, PLR0917  # what a line is made of
    translation: Translation,
    segments: list[Segment],
    person: User,
    newsroom: Newsroom,
    now: datetime,
    interface: str,
) -> Line:
    article = translation.article
    source_language = language(article.language)
    said = [each for segment in segments for each in judged(segment) if each.dismissal is None]
    source = newsroom.sources.get(article.source)
    names = newsroom.sections.get(source.section, {}) if source else {}
    return Line(
        translation,
        source_language,
        language(translation.language),
        next((each.text for each in segments if each.key == "title"), ""),
        len(segments),
        sum(each.state == SegmentState.CONFIRMED for each in segments),
        sum(_size(each.source, source_language) for each in segments),
        sum(each.finding.severity == "error" for each in said),
        sum(each.finding.severity == "warning" for each in said),
        band(_confidence(segments)),
        translation.held_by(person, now),
        translation.revision.record.get("source") or article.source,
        names.get(interface, next(iter(names.values()), "")),
    )


def _size(text: str, spoken: Language) -> int:
    return len(text.split()) if spoken.spaced else len("".join(text.split()))


def _confidence(segments: list[Segment]) -> float | None:
    """Mean confidence of the drafts nobody has touched, by length of source; None without any."""
    weighed = [
        (len(each.source), each.draft.confidence)
        for each in segments
        if each.state == SegmentState.DRAFT
        and each.draft is not None
        and each.draft.confidence is not None
    ]
    total = sum(length for length, _confidence in weighed)
    return sum(length * score for length, score in weighed) / total if total else None


def _narrowed(filters: Filters, person: User) -> QuerySet:
    rows = Translation.objects.all()
    if filters.language:
        rows = rows.filter(language=filters.language)
    if filters.section:
        declared = house.newsroom().sources.values()
        names = [each.name for each in declared if each.section == filters.section]
        rows = rows.filter(article__source__in=names)
    if filters.mine:
        rows = rows.filter(_held_by(person))
    return rows


def _held_by(person: User) -> Q:
    return Q(claimed_by=person, claimed_until__gt=timezone.now())


def _for(person: User) -> Q:
    """What waits for a person: work that nobody else holds; for editors what they may approve."""
    free = Q(claimed_by=None) | Q(claimed_until__lte=timezone.now()) | Q(claimed_by=person)
    role = role_of(person)
    if role is None:
        return Q(pk=None)
    mine = Q(state__in=OPEN) & free
    if role not in EDITORS:
        return mine
    approvable = Q(state=TranslationState.READY) & free
    if house.newsroom().review.approval == "strict":
        wrote = Segment.objects.filter(translation=OuterRef("pk"), retired=None, edited_by=person)
        approvable &= ~Q(submitted_by=person) & ~Exists(wrote)
    return mine | approvable


def _rank(person: User) -> Case:
    """Returned to me, held by me, to approve, returned, anything else."""
    return Case(
        When(Q(state=TranslationState.RETURNED, submitted_by=person), then=Value(0)),
        When(_held_by(person), then=Value(1)),
        When(Q(state=TranslationState.READY), then=Value(2)),
        When(Q(state=TranslationState.RETURNED), then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
