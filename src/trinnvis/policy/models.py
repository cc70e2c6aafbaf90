"""Adopted policy versions. A version is never changed: a new adoption is a new row."""

from django.db import models

from trinnvis.policy.append_only import AppendOnlyModel

LONGEST_NAME = 200


class PolicyVersion(AppendOnlyModel):
    """One adopted policy (vedtatt versjon), stored whole as canonical JSON."""

    number = models.PositiveIntegerField(unique=True)
    valid_from = models.DateField()
    adopted_by = models.CharField(max_length=LONGEST_NAME)
    adopted_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    document = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["valid_from"], name="one_policy_per_start_date")]

    def __str__(self) -> str:
        return f"{self.number} ({self.valid_from:%d.%m.%Y})"
