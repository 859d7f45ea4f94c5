"""The article as it will be published, from the text as it stands."""

from dataclasses import dataclass, replace

from django.utils import timezone

from yibao.article import Article, Block
from yibao.desk import house
from yibao.desk.models import SegmentState, Translation, TranslationState
from yibao.desk.store.entries import entry_of, notes
from yibao.desk.workflow.approving import as_published
from yibao.feeds.content import feed_body, headline
from yibao.languages import Language, language


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
    frozen = translation.state == TranslationState.APPROVED
    publication = translation.publication if frozen else as_published(translation, timezone.now())
    entry = entry_of(publication, notes(translation=translation)[translation.pk])
    entry = replace(entry, article=_without_pictures(entry.article))
    return Proof(
        headline(entry),
        entry.article.summary,
        feed_body(entry, house.newsroom().newsroom.zone),
        language(translation.language),
        translation.segments.current().exclude(state=SegmentState.CONFIRMED).count(),
        frozen,
    )


def _without_pictures(article: Article) -> Article:
    return replace(article, blocks=tuple(map(_without_picture, article.blocks)))


def _without_picture(block: Block) -> Block:
    if block.figure is None:
        return block
    return replace(block, figure=replace(block.figure, image=""))
