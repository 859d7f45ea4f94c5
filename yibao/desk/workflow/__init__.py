"""What people do to a translation: claim, edit, confirm, submit, approve, return, withdraw.

Every function is one transition. It takes the person, the id of what they act on and the
version they saw; it checks the permissions table, refuses an outdated version, changes the rows
and writes the audit trail, all in one transaction. It returns the changed row.

    waiting -> drafted -> in_review -> ready -> approved
                              ^          |         |
                              |       returned     |  reopen (a correction)
                              +----------+---------+

Whether something is published is not a state here: `Publication`.

`claims` says who works on it, `texts` changes segments, `decisions` moves the whole; `steps` is
what they are made of.
"""

from yibao.desk.workflow.approving import own_work, wants_note
from yibao.desk.workflow.claims import claim, release, renew, take_over
from yibao.desk.workflow.decisions import approve, reject, reopen, submit, withdraw
from yibao.desk.workflow.permissions import may
from yibao.desk.workflow.steps import LEASE
from yibao.desk.workflow.texts import confirm_segment, dismiss_finding, redraft, save_segment

__all__ = [
    "LEASE",
    "approve",
    "claim",
    "confirm_segment",
    "dismiss_finding",
    "may",
    "own_work",
    "redraft",
    "reject",
    "release",
    "renew",
    "reopen",
    "save_segment",
    "submit",
    "take_over",
    "wants_note",
    "withdraw",
]
