"""What people send: texts of segments, reasons, decisions."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from yibao.desk.models import Reason
from yibao.languages import Language

MOST = 2000  # characters of a reason or note


class SegmentForm(forms.Form):
    """A segment's text, on the version that the person saw."""

    text = forms.CharField(required=False, strip=False, max_length=50_000)
    version = forms.IntegerField(min_value=1)
    action = forms.ChoiceField(
        choices=[(each, each) for each in ("save", "confirm", "machine", "source")]
    )


class DismissForm(forms.Form):
    """Setting findings of one kind aside."""

    version = forms.IntegerField(min_value=1)
    finding = forms.Field(widget=forms.MultipleHiddenInput)
    reason = forms.CharField(max_length=300)


class DecisionForm(forms.Form):
    """A decision about a translation, on the version that the person saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


NOTES = {"correction": _("What was corrected"), "restoration": _("Why the text is back")}
"""What readers may have to be told when a text is approved, and how the desk asks for it."""


class ApproveForm(DecisionForm):
    """Approving; asks for a note where readers know another text, or a withdrawal."""

    note = forms.CharField(
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    override = forms.CharField(
        label=_("Why you approve your own work"),
        help_text=_("It is recorded, and shown in the history."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: object, note: str, own: bool, spoken: Language, **options: object
    ) -> None:
        super().__init__(*args, **options)
        if note:
            self.fields["note"].label = NOTES[note]
            self.fields["note"].help_text = _(
                "Readers and partners see this sentence: write it in %(language)s."
            ) % {"language": spoken.endonym}
        else:
            del self.fields["note"]
        if not own:
            del self.fields["override"]


class RejectForm(DecisionForm):
    """Returning a translation to its translator."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose a reason")), *Reason.choices()]
    )
    text = forms.CharField(
        label=_("What to do about it"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    numbers = forms.CharField(
        label=_("Segments to confirm again"),
        help_text=_("Their numbers, such as 3, 7, 12; empty for none."),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: object, most: int, **options: object) -> None:
        super().__init__(*args, **options)
        self.most = most

    def clean_numbers(self) -> tuple[int, ...]:
        """The numbers of the segments, each once.

        Raises:
            ValidationError: something else stands among them, or there is no such segment.
        """
        given = self.cleaned_data["numbers"].strip()
        if not re.fullmatch(r"[\d\s,，、;；]*", given):
            raise forms.ValidationError(_("Write numbers, separated by commas."))
        numbers = tuple(dict.fromkeys(map(int, re.findall(r"\d+", given))))
        if not all(1 <= number <= self.most for number in numbers):
            raise forms.ValidationError(
                _("There are only %(most)s segments."), params={"most": self.most}
            )
        return numbers


class ReopenForm(DecisionForm):
    """Taking an approved translation up again."""

    text = forms.CharField(
        label=_("What has to be corrected"),
        help_text=_("What is published stays until the correction is approved."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(DecisionForm):
    """Taking a translation out of the house."""

    text = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, spoken: Language, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["text"].help_text = _(
            "Readers and partners see this sentence: write it in %(language)s. If the text was"
            " published, a notice takes its place."
        ) % {"language": spoken.endonym}
