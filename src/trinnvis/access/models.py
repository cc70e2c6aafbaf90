"""Accounts, roles in time, and the read log."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from trinnvis.people.models import Person
from trinnvis.policy.append_only import AppendOnlyModel


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(subject=username)


class Account(AbstractBaseUser):
    """Someone who can log in: a citizen (with `person`) or staff (with roles). It holds no password:
    the identity provider says who it is by `subject`."""

    subject = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=160)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account"
    )
    title = models.CharField(max_length=80, blank=True)  # e.g. "saksbehandler, Tildelingsenheten"
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "subject"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class StaffRole(models.Model):
    """A role held by an account in one unit for a time."""

    class Role(models.TextChoices):
        INTAKE = "intake", "mottak"
        CASE_WORKER = "case_worker", "saksbehandler"
        DECISION_MAKER = "decision_maker", "beslutter"
        LAWYER = "lawyer", "jurist"
        PROVIDER = "provider", "utfører"
        MANAGER = "manager", "leder"
        ECONOMIST = "economist", "økonom"
        PLANNER = "planner", "planlegger"
        POLITICIAN = "politician", "politiker"
        ADMINISTRATOR = "administrator", "administrator"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.CharField(max_length=40)  # policy Unit.code
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "unit", "valid_from"], name="role_once")
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()} ({self.unit})"


class ReadLogEntry(AppendOnlyModel):
    """One look into someone's file, allowed or refused (innsynslogg, pjl § 22). Append-only."""

    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reads")
    reader = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reader_name = models.CharField(max_length=160)
    reader_role = models.CharField(max_length=160)
    what = models.CharField(max_length=120)  # in words the citizen understands
    case_number = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=60)  # the access rule that allowed it; "" when refused
    allowed = models.BooleanField()
    request_id = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.reader_name}: {self.what}"
