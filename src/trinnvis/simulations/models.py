"""Simulations. One row for each question: asked again, the same answer is shown."""

from django.db import models

from trinnvis.access.models import Account
from trinnvis.policy.append_only import AppendOnlyModel


class SimulationRun(models.Model):
    """A simulation somebody has asked for (kjøring), and how far it has come.

    `key`: fingerprint of all it depends on, the software's version too. `order`: as `rules.Order.as_json`.
    `done`, `total`: draws, of all scenarios. `reused`: draws kept from before an interruption or a stop.
    `worker`, `seen_at`: who is at it, and when it last said so.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "I kø"
        RUNNING = "running", "Kjører"
        STOPPED = "stopped", "Stoppet"
        FAILED = "failed", "Feilet"
        DONE = "done", "Ferdig"

    key = models.CharField(max_length=64, unique=True)
    order = models.JSONField()
    version = models.CharField(max_length=40)
    requested_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    reused = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    interruptions = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)
    remedy = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state"], name="simulation_run_state")]

    def __str__(self) -> str:
        return f"Simulering {self.pk}"


class SimulationResult(AppendOnlyModel):
    """What came of it (resultat). `document`: as `document.document`; sums only, no person."""

    run = models.OneToOneField(SimulationRun, on_delete=models.PROTECT, related_name="result")
    digest = models.CharField(max_length=64)
    document = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Resultat av simulering {self.run_id}"
