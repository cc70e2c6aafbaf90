"""The case (sak), its open needs (behov) and its append-only events (hendelser)."""

from django.db import models

from trinnvis.access.models import Account
from trinnvis.people.models import Person
from trinnvis.policy.append_only import AppendOnlyModel
from trinnvis.policy.models import PolicyVersion

from .row import CaseRow


class Case(CaseRow):
    """One person's case. `stage` is derived from needs by the services and stored for the worklist."""

    NAME = "sakens egen rad"
    CASE = "pk"
    DERIVED = frozenset({"stage", "next_due", "event_count", "last_hash"})

    class Stage(models.TextChoices):
        INTAKE = "intake"  # henvendelse
        CLARIFICATION = "clarification"  # avklaring
        ASSESSMENT = "assessment"  # kartlegging og vurdering
        ALTERNATIVES = "alternatives"
        DECISION = "decision"  # vedtak under arbeid
        APPROVAL = "approval"  # til godkjenning
        NOTICE = "notice"  # til utsending
        FOLLOW_UP = "follow_up"  # iverksetting og evaluering
        CLOSED = "closed"

    class Track(models.TextChoices):
        ORDINARY = "ordinary"
        URGENT = "urgent"
        FAST = "fast"  # alvorlig syke og livets siste fase
        ADVICE = "advice"

    number = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=40)  # the unit that handles it (policy Unit.code)
    assigned_to = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="assigned_cases"
    )
    track = models.CharField(max_length=8, choices=Track.choices, default=Track.ORDINARY)
    stage = models.CharField(max_length=14, choices=Stage.choices, default=Stage.INTAKE)
    opened_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)  # the legal clock runs from here
    next_due = models.DateField(null=True, blank=True)  # earliest due date of the open needs
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_note = models.TextField(blank=True)
    event_count = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["closed_at", "next_due"]),
            models.Index(fields=["assigned_to", "closed_at", "next_due"]),
            models.Index(fields=["unit", "stage"]),
        ]

    def __str__(self) -> str:
        return self.number


class Need(CaseRow):
    """Something that must be cleared before the case is done (policy NeedKind)."""

    NAME = "behov"

    class State(models.TextChoices):
        OPEN = "open"
        SOLVED = "solved"
        NOT_RELEVANT = "not_relevant"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    due_why = models.TextField(blank=True)  # the deadline explained in words
    solved_at = models.DateTimeField(null=True, blank=True)
    solved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(state="open"), name="one_open_need_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind} ({self.state})"


class CaseEvent(AppendOnlyModel):
    """What happened, by whom, when and why: append-only and hash-chained per case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=160)
    actor_role = models.CharField(max_length=160, blank=True)
    verb = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    software = models.CharField(max_length=40)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["case", "sequence"]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="event_sequence")]

    def __str__(self) -> str:
        return f"{self.case} #{self.sequence} {self.verb}"


class NumberSeries(models.Model):
    """The last number given in a series and year, so that case numbers have no holes and no doubles."""

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.last}"
