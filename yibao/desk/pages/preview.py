"""The article as it will be published, from the text as it stands."""

from dataclasses import dataclass, replace

from django.utils import timezone

from yibao.article import Article, Block
from yibao.desk import house
from yibao.desk.models import Translation, TranslationState
from yibao.feeds import Entry
from yibao.feeds.content import feed_body, headline
from yibao.languages import Language, language
from yibao.text.segment import assemble


@dataclass(frozen=True, slots=True)
class Proof:
    """What readers would get.

    Attributes:
        title: the headline.
        summary: the standfirst; empty where there is none.
        body: HTML as feeds carry it, cleaned by them; pictures are left out, since the desk
            loads nothing from other sites.
        language: of the text.
        open: how many segments nobody has confirmed yet.
        frozen: whether it is the approved text, and not the one being worked on.
    """

    title: str
    summary: str
    body: str
    language: Language
    open: int
    frozen: bool


def proof(translation: Translation) -> Proof:
    """The proof of a translation; of an approved one, exactly what was approved."""
    segments = list(translation.segments.current())
    approved = translation.approvals.order_by("-number").first()
    frozen = approved is not None and translation.state == TranslationState.APPROVED
    if frozen:
        article = approved.value
    else:
        texts = {segment.key: segment.text for segment in segments}
        article = assemble(translation.revision.value, texts, translation.language)
    entry = _entry(translation, _without_pictures(article), frozen=frozen)
    return Proof(
        headline(entry),
        article.summary,
        feed_body(entry, house.newsroom().newsroom.zone),
        language(translation.language),
        sum(segment.state != "confirmed" for segment in segments),
        frozen,
    )


def _entry(translation: Translation, article: Article, *, frozen: bool) -> Entry:
    source = translation.article
    approved = translation.approvals.order_by("-number").first() if frozen else None
    edits = translation.segments.current().filter(edited_by__isnull=False)
    people = dict.fromkeys(
        each.edited_by.display_name for each in edits.select_related("edited_by")
    )
    declared = house.newsroom().sources.get(source.source)
    now = timezone.now()
    return Entry(
        uuid=str(source.pk),
        language=translation.language,
        article=article,
        source_language=source.language,
        source_url=source.url,
        source_title=source.title,
        source_name=translation.revision.value.source,
        section=declared.section if declared else "",
        published=now,
        updated=now,
        translator=", ".join(approved.translators if approved else people),
        reviewer=approved.reviewer if approved else "",
        machine_assisted=approved.machine_assisted if approved else True,
        correction=approved.note if approved else "",
    )


def _without_pictures(article: Article) -> Article:
    return replace(article, blocks=tuple(map(_without_picture, article.blocks)))


def _without_picture(block: Block) -> Block:
    if block.figure is None:
        return block
    return replace(block, figure=replace(block.figure, image=""))
