"""Versions of the municipality's own tables, and files that are being looked over."""

from uuid import uuid4

from django.db import models

from trinnvis.access.models import Account
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.policy.append_only import AppendOnlyModel

KINDS = [(str(kind), str(kind)) for kind in Kind]


class OwnFigures(AppendOnlyModel):
    """One version (utgave) of one table, whole. The newest counts; none is ever changed or removed.

    rows: as `rules.rows.OwnRow.as_json`. mapping: what the file's columns stood for, kept for next year's.
    restores: the revision this one goes back to, 0 for the empty table; None for an import.
    draft: the looked-over file it came from, so that the same file is never taken in twice.
    """

    municipality = models.CharField(max_length=4)
    kind = models.CharField(max_length=20, choices=KINDS)
    revision = models.PositiveIntegerField()
    rows = models.JSONField()
    mapping = models.JSONField(default=dict)
    file_name = models.CharField(max_length=200, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    restores = models.PositiveIntegerField(null=True, blank=True)
    draft = models.UUIDField(unique=True, default=uuid4)
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "revision"], name="own_figures_revision")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.revision}"


class FileDraft(models.Model):
    """An uploaded table on its way in: seen by whoever uploaded it alone, and gone within a day.

    Holds cells that have been looked through for persons, never the file itself.
    """

    key = models.UUIDField(primary_key=True, default=uuid4)
    municipality = models.CharField(max_length=4)
    kind = models.CharField(max_length=20, choices=KINDS)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    table = models.BinaryField()
    mapping = models.JSONField()
    made_by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name
