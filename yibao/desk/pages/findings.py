"""What the checks say of a segment, as a reviewer reads it: one line for what is of a kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from yibao.checks.terms import TermMissed
from yibao.desk.pages.terms import Form
from yibao.desk.pages.wording import interpret_all, recognise
from yibao.desk.workflow.checking import Judged

ORDER = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """Findings of one check in one segment, with what people made of them.

    Attributes:
        keys: their ids.
        severity: of all of them.
        message: one sentence for all of them.
        dismissed: whether they were set aside.
        reason: why they were.
    """

    keys: tuple[str, ...]
    severity: str
    message: str
    dismissed: bool
    reason: str

    @property
    def severity_label(self) -> str:
        """The severity in a word."""
        words = {"error": _("Error"), "warning": _("Warning"), "info": _("Note")}
        return str(words[self.severity])


def shown_findings(judged: Iterable[Judged]) -> list[ShownFinding]:
    """Findings of a segment: errors first, the dismissed last, those of a kind together."""
    kinds = groupby(sorted(judged, key=_kind), key=_kind)
    return [_together(list(held)) for _key, held in kinds]


def waived_terms(judged: Iterable[Judged]) -> set[Form]:
    """House terms that a person said do not apply here, by dismissing that they are missing."""
    dismissed = (
        recognise(each.finding.message)
        for each in judged
        if each.finding.check == TermMissed.id and each.dismissal is not None
    )
    return {(found.values["source"], found.values["target"]) for found in dismissed if found}


def _kind(each: Judged) -> tuple[bool, int, str, str, str]:
    """What has to agree for findings to share a line. A sentence not known stands for itself."""
    finding, known = each.finding, recognise(each.finding.message)
    return (
        each.dismissal is not None,
        ORDER.index(finding.severity),
        finding.check,
        known.said if known else finding.message,
        each.dismissal["reason"] if each.dismissal else "",
    )


def _together(held: list[Judged]) -> ShownFinding:
    dismissal = held[0].dismissal
    return ShownFinding(
        tuple(each.id for each in held),
        held[0].finding.severity,
        interpret_all([each.finding.message for each in held]),
        dismissal is not None,
        dismissal["reason"] if dismissal else "",
    )
