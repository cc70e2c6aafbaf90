"""Town plans. What was saved is never changed: each saving adds a version, and the newest counts."""

from django.db import models

from trinnvis.access.models import Account
from trinnvis.policy.append_only import AppendOnlyModel


class TownPlan(models.Model):
    """A list of changes on one town (plan). Of the kind `corrections` each town has one: what planners have
    put right in its data, counted in everything computed on it."""

    class Kind(models.TextChoices):
        PLAN = "plan"
        CORRECTIONS = "corrections"

    base = models.CharField(max_length=20)  # townplans.bases.Base.code
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PLAN)
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["base"], condition=models.Q(kind="corrections"), name="town_corrections_once"
            )
        ]

    def __str__(self) -> str:
        return f"Tettstedsplan {self.pk}"


class TownPlanVersion(AppendOnlyModel):
    """One saving of a plan (utgave). `changes`: as `planning.town.plans.Change`, in order.

    network: the fingerprint of the network the changes were made on.
    """

    plan = models.ForeignKey(TownPlan, on_delete=models.PROTECT, related_name="versions")
    revision = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    changes = models.JSONField()
    network = models.CharField(max_length=16)
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "revision"], name="town_plan_revision")]

    def __str__(self) -> str:
        return f"{self.name} ({self.revision})"
