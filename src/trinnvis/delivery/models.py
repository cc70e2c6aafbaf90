"""Sites with places, budgets, and what units have planned, done and spent. Units are those of the policy."""

from __future__ import annotations

from django.db import models

from trinnvis.access.models import Account
from trinnvis.policy.append_only import AppendOnlyModel
from trinnvis.policy.status import Status


class Kept(models.Model):
    """A row that is changed under a revision: the second of two who change it at once is told."""

    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class Sourced(models.Model):
    source = models.CharField(max_length=300)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in Status])

    class Meta:
        abstract = True


class Site(Kept):
    """A place on the map where a unit (enhet) has places: a building or a group of dwellings (sted)."""

    unit = models.CharField(max_length=40)  # policy Unit.code
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    bought = models.BooleanField(default=False)  # places bought from somebody else (kjøpte plasser)

    class Meta:
        ordering = ["unit", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="site_name_once")]

    def __str__(self) -> str:
        return self.name


class PlaceKind(Kept):
    """A kind of place (plasstype): the services that fill it, and its step on the housing ladder."""

    title = models.CharField(max_length=80, unique=True)
    housing_step = models.PositiveSmallIntegerField()
    services = models.JSONField(default=list)  # policy Service.code; a service fills one kind only

    class Meta:
        ordering = ["housing_step", "title"]

    def __str__(self) -> str:
        return self.title


class Places(Kept, Sourced):
    """So many places (plasser) of one kind at one site, from a date and perhaps to one."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="places")
    kind = models.ForeignKey(PlaceKind, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["site", "kind", "valid_from"]
        verbose_name_plural = "places"

    def __str__(self) -> str:
        return f"{self.site}: {self.number} {self.kind}"


class ServiceArea(Kept):
    """Who carries out a service for those who live in a settlement, when not the policy's own provider."""

    service = models.CharField(max_length=40)  # policy Service.code
    settlement = models.CharField(max_length=50)  # people Dwelling.settlement
    unit = models.CharField(max_length=40)

    class Meta:
        ordering = ["service", "settlement"]
        constraints = [models.UniqueConstraint(fields=["service", "settlement"], name="one_unit_an_area")]

    def __str__(self) -> str:
        return f"{self.service}, {self.settlement}: {self.unit}"


class Budget(Kept, Sourced):
    """What a unit has for a year (budsjett): kroner, and working hours by profession (`BudgetHours`)."""

    unit = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    nok = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["year", "unit"]
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_budget_a_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class BudgetHours(models.Model):
    """Working hours of one profession in a budget (budsjetterte timer)."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="hours")
    profession = models.CharField(max_length=40)  # policy professions
    hours = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["profession"]
        constraints = [models.UniqueConstraint(fields=["budget", "profession"], name="profession_once")]

    def __str__(self) -> str:
        return f"{self.profession}: {self.hours}"


class ServiceHours(Kept, Sourced):
    """Hours with citizens that a unit has planned and registered as done, for one service in one period.

    Planned (planlagte timer) and executed (utførte timer) are two things; None where it is not known.
    """

    unit = models.CharField(max_length=40)
    service = models.CharField(max_length=40)
    first_day = models.DateField()
    last_day = models.DateField()
    planned = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    executed = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["unit", "service", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "service", "first_day"], name="one_report_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.service} {self.first_day}"


class MonthUsed(Kept, Sourced):
    """What a unit used in a month: kroner by its accounts (regnskap), working hours by its payroll (lønn)."""

    unit = models.CharField(max_length=40)
    month = models.DateField()  # the first of the month
    nok = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["unit", "month"]
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="one_account_a_month")]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m}"


class CapacityEvent(AppendOnlyModel):
    """A change of capacity or budget (endringslogg): who, when, what, before and after. Append-only."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    unit = models.CharField(max_length=40, blank=True, db_index=True)  # "" is about the whole municipality
    verb = models.CharField(max_length=40)
    about = models.CharField(max_length=200)  # what was changed, in words
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    request_id = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.by_name}: {self.verb}"
