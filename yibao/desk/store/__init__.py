"""The store, as flows and commands call it: plain functions, ids as text, values of the library.

`articles` keeps what sources published, `raw` the bytes it was read from, `quarantine` what could
not be read; `translations` makes the rows to translate, `drafts` hands them to the machine and
takes its texts; `entries` gives what is approved to the feeds; `overview` counts and lists. A new
function goes to its noun, and its test to tests/desk/test_store_<noun>.py.

Every function is one transaction, can be called again with the same values without effect, and
may run in several processes at once.
"""

from yibao.desk.store.articles import Saved, save_article
from yibao.desk.store.drafts import (
    DRAFTING_LEASE,
    Waiting,
    claim_waiting,
    count_waiting,
    draft_failed,
    release,
    release_expired,
    save_drafts,
)
from yibao.desk.store.entries import approved_entries, hand_out, record_publication
from yibao.desk.store.overview import (
    ArticleDetails,
    ArticleSummary,
    Quarantined,
    SegmentText,
    Status,
    TranslationDetails,
    list_articles,
    list_quarantine,
    show_article,
    status,
)
from yibao.desk.store.quarantine import quarantine
from yibao.desk.store.raw import seen
from yibao.desk.store.translations import request_translation

__all__ = [
    "DRAFTING_LEASE",
    "ArticleDetails",
    "ArticleSummary",
    "Quarantined",
    "Saved",
    "SegmentText",
    "Status",
    "TranslationDetails",
    "Waiting",
    "approved_entries",
    "claim_waiting",
    "count_waiting",
    "draft_failed",
    "hand_out",
    "list_articles",
    "list_quarantine",
    "quarantine",
    "record_publication",
    "release",
    "release_expired",
    "request_translation",
    "save_article",
    "save_drafts",
    "seen",
    "show_article",
    "status",
]
