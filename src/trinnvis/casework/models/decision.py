"""Alternatives on the ladder, and the decision (vedtak) with its approval."""

from django.db import models

from trinnvis.access.models import Account
from trinnvis.people.models import Person

from .case import Case
from .row import CaseRow


class ServiceAmount(CaseRow):
    """So much of one service on one step for a period (tjenestelinje)."""

    service = models.CharField(max_length=40)
    unit = models.CharField(max_length=20)  # policy AmountUnit
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Alternative(CaseRow):
    """One way to meet the need (alternativ); at least two are compared."""

    NAME = "alternativ"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alternatives")
    title = models.CharField(max_length=120)
    why = models.TextField()
    citizen_view = models.TextField(blank=True)
    is_chosen = models.BooleanField(default=False)
    chosen_why = models.TextField(blank=True)  # in own words, by the one who chose it
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(is_chosen=True), name="one_chosen_alternative"
            )
        ]

    def __str__(self) -> str:
        return self.title


class AlternativeLine(ServiceAmount):
    NAME = "tjenestelinje i alternativ"
    CASE = "alternative__case"

    step = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    starts_on = models.DateField()
    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="lines")

    def __str__(self) -> str:
        return f"{self.service} {self.amount} {self.unit}"


class Decision(CaseRow):
    """A decision (vedtak) in a case; a returned one is a draft again, a sent one never changes."""

    NAME = "vedtak"

    class Kind(models.TextChoices):
        GRANT = "grant"  # innvilget
        PART = "part"  # delvis innvilget
        REFUSAL = "refusal"  # avslag

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        SENT = "sent"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=24, unique=True)
    party = models.ForeignKey(  # a next of kin whom it is to; empty: the person the case is about
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions_as_next_of_kin"
    )
    kind = models.CharField(max_length=7, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    alternative = models.ForeignKey(
        Alternative, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    citizen_wish = models.TextField(blank=True)
    wish_weighed = models.TextField(blank=True)  # how the wish was weighed
    goal = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    reasons = models.TextField(blank=True)  # in own words
    refused = models.TextField(blank=True)  # what is refused and why
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    appeal_rule = models.CharField(max_length=40, blank=True)  # policy DeadlineRule.code
    appeal_by = models.DateField(null=True, blank=True)
    appeal_why = models.TextField(blank=True)

    class Meta:
        ordering = ["drafted_at", "pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def addressee(self) -> Person:
        """The party (part) the decision is to."""
        return self.party or self.case.person


class DecisionLine(ServiceAmount):
    """A service granted or refused. A granted line in force puts a person on its step.

    A draft may be half-written and a refusal may lack an extent, so step, amount and start can be empty.
    """

    NAME = "vedtakslinje"
    CASE = "decision__case"

    step = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    granted = models.BooleanField(default=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["granted", "starts_on", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.service} {self.amount} {self.unit}"


class Approval(CaseRow):
    """What the second person said about a submitted decision."""

    NAME = "godkjenning eller retur"
    CASE = "decision__case"

    class Verdict(models.TextChoices):
        APPROVED = "approved"
        RETURNED = "returned"

    class ReturnReason(models.TextChoices):
        WISH = "wish"  # innbyggerens ønske er ikke godt nok beskrevet
        FACTS = "facts"
        CRITERIA = "criteria"
        EXTENT = "extent"
        LAW = "law"
        LANGUAGE = "language"
        OTHER = "other"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="approvals")
    decision_revision = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    return_reason = models.CharField(max_length=8, choices=ReturnReason.choices, blank=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "decision_revision", "verdict"], name="one_verdict_a_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.verdict}"
