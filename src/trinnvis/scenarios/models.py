"""Scenario sets. What was saved is never changed: each saving adds a version, and the newest counts."""

from django.db import models

from trinnvis.access.models import Account
from trinnvis.policy.append_only import AppendOnlyModel


class ScenarioSet(models.Model):
    """A named set of choices (scenariosett), shared by all who read plans."""

    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Scenariosett {self.pk}"


class ScenarioSetVersion(AppendOnlyModel):
    """One saving of a set (utgave). `choices`: as `planning.demand.choices.Choices.as_json`."""

    scenario_set = models.ForeignKey(ScenarioSet, on_delete=models.PROTECT, related_name="versions")
    revision = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    choices = models.JSONField()
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario_set", "revision"], name="scenario_set_revision")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.revision})"
