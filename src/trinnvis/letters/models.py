"""Letters as sent: content, bytes and fingerprint. Never changed after sending."""

from django.db import models

from trinnvis.casework.models import CaseRow, Decision
from trinnvis.people.models import Person
from trinnvis.policy.append_only import AppendOnlyModel


class Letter(CaseRow, AppendOnlyModel):
    """A letter (brev) about a decision to one recipient."""

    NAME = "brev"
    CASE = "decision__case"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=2)
    content = models.JSONField()  # letters.content.Letter as JSON
    template_version = models.CharField(max_length=20)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "recipient"], name="one_letter_a_recipient")
        ]

    def __str__(self) -> str:
        return f"{self.decision} → {self.recipient}"
