"""Clarification (avklaringsforløp): an offer, never a gate; team, goals, numbers before and after."""

from datetime import date

from django.db import models
from django.utils import timezone

from trinnvis.access.models import Account

from .case import Case
from .row import CaseRow


class Clarification(CaseRow):
    NAME = "avklaringsforløp"

    class State(models.TextChoices):
        OFFERED = "offered"
        RUNNING = "running"
        DECLINED = "declined"
        ENDED = "ended"

    class Outcome(models.TextChoices):
        MANAGES = "manages"  # klarer seg uten tjeneste
        LOWER_STEP = "lower_step"  # tilbud på lavere trinn uten vedtak
        NEEDS_SERVICE = "needs_service"  # fortsatt behov: videre til vurdering
        STOPPED = "stopped"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="clarification")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField()
    answer_note = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=13, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case}: {self.state}"

    @property
    def until(self) -> date | None:
        """The day it ended; while it lasts, the day it is planned to."""
        return timezone.localdate(self.ended_at) if self.ended_at else self.ends_on


class TeamMember(CaseRow):
    """A professional in the interdisciplinary team (tverrfaglig team) of a clarification."""

    NAME = "teammedlem"
    CASE = "clarification__case"

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="team")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    profession = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.name}, {self.profession}"


class Goal(CaseRow):
    """A goal in the citizen's own words (mål)."""

    NAME = "mål"

    class State(models.TextChoices):
        ACTIVE = "active"
        REACHED = "reached"
        PARTLY = "partly"
        NOT_REACHED = "not_reached"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    words = models.TextField()
    state = models.CharField(max_length=11, choices=State.choices, default=State.ACTIVE)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    by_citizen = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    evaluated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.words[:60]


class Measurement(CaseRow):
    """One number of an instrument (COPM, SPPB) before or after; `part` as in policy Instrument.parts."""

    NAME = "måling"

    class Moment(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measurements")
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    instrument = models.CharField(max_length=20)
    part = models.CharField(max_length=40)
    moment = models.CharField(max_length=6, choices=Moment.choices)
    value = models.DecimalField(max_digits=6, decimal_places=2)
    measured_on = models.DateField()
    measured_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["measured_on", "pk"]

    def __str__(self) -> str:
        return f"{self.instrument} {self.part} {self.moment}: {self.value}"
