"""The words that models store: states, roles, actions, reasons. One field, one word."""

from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Word(StrEnum):
    """A stored word with a label in the reader's language.

    Django's own TextChoices does the same; being untyped, it would hide every wrong word from
    the type checker.

    Attributes:
        label: what people read.
    """

    label: Promise | str

    def __new__(cls, value: str, label: Promise | str = "") -> Self:
        """A member of the value alone; the label goes beside it."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, Promise | str]]:
        """For a model field."""
        return [(word.value, word.label) for word in cls]


class TranslationState(Word):
    """Where a translation stands. Whether it is published is another question: Publication."""

    WAITING = "waiting", _("waiting for drafts")
    DRAFTED = "drafted", _("drafted")
    IN_REVIEW = "in_review", _("in review")
    READY = "ready", _("ready for approval")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")


class SegmentState(Word):
    """Where a segment stands."""

    WAITING = "waiting", _("waiting for a draft")
    DRAFT = "draft", _("machine draft")
    EDITED = "edited", _("edited")
    CONFIRMED = "confirmed", _("confirmed")
    REOPENED = "reopened", _("reopened")


class ReopenedBy(Word):
    """Why a segment wants attention again."""

    SOURCE_CHANGED = "source_changed", _("the source changed")
    RETURNED = "returned", _("returned by an editor")


class Role(Word):
    """What a person is at the desk; translator and editor are Django groups of that name."""

    TRANSLATOR = "translator", _("translator")
    EDITOR = "editor", _("editor")
    ADMIN = "admin", _("administrator")


class Hold(Word):
    """Who holds a translation, seen by one person."""

    FREE = "free", _("free")
    OWN = "own", _("yours")
    OTHER = "other", _("another person's")


class Reason(Word):
    """Why an editor returned a translation."""

    MISTRANSLATION = "mistranslation", _("mistranslation")
    OMISSION = "omission", _("omission")
    TERM = "term", _("wrong term")
    NUMBER = "number", _("wrong number")
    NAME = "name", _("wrong name")
    STYLE = "style", _("style")
    FLUENCY = "fluency", _("fluency")
    OTHER = "other", _("other")


class Action(Word):
    """What a person can do to a translation; the keys of the permissions table."""

    CLAIM = "claim", _("claim")
    TAKE_OVER = "take_over", _("take over")
    RELEASE = "release", _("release")
    EDIT = "edit", _("edit")
    CONFIRM = "confirm", _("confirm")
    DISMISS = "dismiss", _("dismiss a finding")
    REDRAFT = "redraft", _("ask for new drafts")
    SUBMIT = "submit", _("submit")
    APPROVE = "approve", _("approve")
    REJECT = "reject", _("return")
    REOPEN = "reopen", _("reopen")
    WITHDRAW = "withdraw", _("withdraw")


class EventKind(Word):
    """Everything that the audit trail can say."""

    # By the flows.
    ARTICLE_SAVED = "article_saved", _("article saved")  # first seen
    ARTICLE_UPDATED = "article_updated", _("article updated")  # a new revision
    ARTICLE_DUPLICATE = "article_duplicate", _("duplicate found")  # same content, other address
    TRANSLATION_REQUESTED = "translation_requested", _("translation requested")
    SOURCE_CHANGED = "source_changed", _("source changed")  # a translation followed a revision
    DRAFTED = "drafted", _("drafted")  # no segment waits for a draft any more
    DRAFT_FAILED = "draft_failed", _("drafting failed")  # text holds the error
    PUBLISHED = "published", _("published")  # an approved revision went out in the feeds
    # By people, at a translation.
    CLAIMED = "claimed", _("claimed")
    TAKEN_OVER = "taken_over", _("taken over")  # from a holder, or after a lease ran out
    RELEASED = "released", _("released")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    OVERRIDDEN = "overridden", _("four-eyes rule overridden")  # approved own work, with a reason
    REJECTED = "rejected", _("returned")  # reason holds the code, text the explanation
    REOPENED = "reopened", _("reopened")  # after approval or withdrawal
    WITHDRAWN = "withdrawn", _("withdrawn")
    REDRAFT_REQUESTED = "redraft_requested", _("new drafts requested")
    # By people, at a segment.
    SEGMENT_EDITED = "segment_edited", _("segment edited")  # first edit; all are in SegmentEdit
    SEGMENT_CONFIRMED = "segment_confirmed", _("segment confirmed")
    SEGMENT_REOPENED = "segment_reopened", _("segment reopened")  # implied by a rejection
    FINDING_DISMISSED = "finding_dismissed", _("finding dismissed")  # text holds the reason
    # About people.
    USER_CREATED = "user_created", _("account created")
    ROLES_CHANGED = "roles_changed", _("roles changed")
