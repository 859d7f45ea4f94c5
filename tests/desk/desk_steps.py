"""Steps that tests of the desk take again and again."""

from yibao.desk import workflow
from yibao.desk.models import SegmentState


def confirm_all(translation, person):
    """Confirm every segment that is not; gives the translation as it then is."""
    for segment in translation.segments.current().exclude(state=SegmentState.CONFIRMED):
        workflow.confirm_segment(person, segment.pk, segment.version)
    translation.refresh_from_db()
    return translation


def submit_all(translation, person):
    """Confirm everything and submit."""
    workflow.claim(person, str(translation.pk))
    confirm_all(translation, person)
    workflow.submit(person, str(translation.pk), translation.version)
    translation.refresh_from_db()
    return translation


def approve_all(translation, users, **said):
    """The translator finishes and submits, the editor approves."""
    submit_all(translation, users.translator)
    workflow.approve(users.editor, str(translation.pk), translation.version, **said)
    translation.refresh_from_db()
    return translation


def reopen(translation, users):
    """Take an approved translation up again."""
    translation.refresh_from_db()
    workflow.reopen(users.editor, str(translation.pk), translation.version, "a wrong figure")
    translation.refresh_from_db()
    return translation
