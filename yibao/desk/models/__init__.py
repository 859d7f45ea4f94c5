"""The store's tables, a file per noun."""

from yibao.desk.models.approval import ApprovedRevision, Publication
from yibao.desk.models.article import Address, Article, ArticleRevision, RawPage
from yibao.desk.models.event import Event
from yibao.desk.models.memory import MemoryEntry
from yibao.desk.models.quarantine import Quarantine
from yibao.desk.models.segment import MachineDraft, Segment, SegmentEdit
from yibao.desk.models.states import (
    Action,
    EventKind,
    Hold,
    Reason,
    ReopenedBy,
    Role,
    SegmentState,
    TranslationState,
)
from yibao.desk.models.translation import Translation
from yibao.desk.models.user import User

__all__ = [
    "Action",
    "Address",
    "ApprovedRevision",
    "Article",
    "ArticleRevision",
    "Event",
    "EventKind",
    "Hold",
    "MachineDraft",
    "MemoryEntry",
    "Publication",
    "Quarantine",
    "RawPage",
    "Reason",
    "ReopenedBy",
    "Role",
    "Segment",
    "SegmentEdit",
    "SegmentState",
    "Translation",
    "TranslationState",
    "User",
]
