"""The translation memory: approved segments, found again by their exact source text.

Only what an editor approved is remembered, and nothing of what was withdrawn is found. Of
several approved texts for one source the newest counts.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from yibao.desk.border import at_border
from yibao.desk.models import ApprovedRevision, MemoryEntry, Segment, TranslationState

BATCH = 500
"""Hashes per query: below SQLite's limit on parameters."""


@at_border
def lookup(texts: Sequence[str], source_language: str, target_language: str) -> dict[str, str]:
    """Approved translations of texts, by text; what is not known is left out.

    White space and the composition of characters (NFC) make no difference; all else does.
    """
    wanted = {text: source_hash(text) for text in texts}
    found: dict[str, str] = {}
    for hashes in _batches(sorted(set(wanted.values()))):
        entries = MemoryEntry.objects.filter(
            source_language=source_language,
            target_language=target_language,
            source_hash__in=hashes,
        ).exclude(origin__translation__state=TranslationState.WITHDRAWN)
        for entry in entries.order_by("created", "id"):
            found[entry.source_hash] = entry.target
    return {text: found[digest] for text, digest in wanted.items() if digest in found}


def remember(approved: ApprovedRevision, segments: Iterable[Segment]) -> None:
    """Keep the segments of an approved revision, except what the memory says already."""
    pair = (approved.source.article.language, approved.translation.language)
    segments = list(segments)
    known = lookup([segment.source for segment in segments], *pair)
    MemoryEntry.objects.bulk_create(
        MemoryEntry(
            source_hash=source_hash(segment.source),
            source=segment.source,
            target=segment.text,
            source_language=pair[0],
            target_language=pair[1],
            origin=approved,
            approver=approved.approved_by,
            created=approved.approved,
        )
        for segment in segments
        if known.get(segment.source) != segment.text
    )


def source_hash(text: str) -> str:
    """SHA-256 of the normalised text, in hexadecimal."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(normal.encode()).hexdigest()


def _batches(hashes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(hashes), BATCH):
        yield hashes[start : start + BATCH]
