"""Own personas. What was saved is never changed: each saving adds a version, and the newest counts."""

from django.db import models

from trinnvis.access.models import Account
from trinnvis.policy.append_only import AppendOnlyModel


class OwnPersona(models.Model):
    """A persona planners have made, shared by all who read plans.

    submission_key: of the form it came from.
    """

    submission_key = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Persona {self.pk}"


class PersonaVersion(AppendOnlyModel):
    """One saving of a persona (utgave). `document`: as `personas.documents.as_document`."""

    persona = models.ForeignKey(OwnPersona, on_delete=models.PROTECT, related_name="versions")
    revision = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    document = models.JSONField()
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["persona", "revision"], name="persona_version_revision")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.revision})"
