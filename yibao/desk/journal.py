"""Writing the audit trail."""

from django.utils import timezone

from yibao.desk.models import Article, Event, EventKind, Segment, Translation, User

Subject = Article | Translation | Segment | None


def log(  # noqa: PLR0913  # what an event consists of
    kind: EventKind,
    actor: User | None,
    subject: Subject,
    *,
    before: str = "",
    after: str = "",
    reason: str = "",
    text: str = "",
    person: User | None = None,
) -> Event:
    """Add an event; of a segment it names the translation and the article as well.

    Args:
        kind: what was done.
        actor: who did it; None for a flow or the command line.
        subject: what it was done to.
        before: the state it was in.
        after: the state it is in now.
        reason: a code: of a rejection, or the id of a check.
        text: in words.
        person: whom it concerns besides.
    """
    segment = subject if isinstance(subject, Segment) else None
    translation = subject if isinstance(subject, Translation) else None
    article = subject if isinstance(subject, Article) else None
    if segment is not None:
        translation = segment.translation
    if translation is not None:
        article = translation.article
    event: Event = Event.objects.create(
        kind=kind,
        created=timezone.now(),
        actor=actor,
        article=article,
        translation=translation,
        segment=segment,
        person=person,
        from_state=before,
        to_state=after,
        reason=reason,
        text=text,
    )
    return event
