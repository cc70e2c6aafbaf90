"""People and where they live. Identity numbers are stored encrypted with a blind index, never in clear."""

from __future__ import annotations

from datetime import date

from django.db import models


class Dwelling(models.Model):
    """A dwelling (bolig) on the housing ladder."""

    address = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=4)
    postal_place = models.CharField(max_length=50)
    settlement = models.CharField(max_length=50)  # tettsted, or "Spredt" outside the four
    housing_step = models.PositiveSmallIntegerField(db_index=True)
    kind = models.CharField(max_length=40)  # enebolig, rekkehus, leilighet, omsorgsbolig, institusjonsplass …
    municipal = models.BooleanField(default=False)
    unit = models.CharField(
        max_length=40, blank=True
    )  # policy Unit.code for staffed housing and institutions

    def __str__(self) -> str:
        return f"{self.address}, {self.postal_code} {self.postal_place}"


class Household(models.Model):
    """People who live together (husholdning) in one dwelling."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="households")

    def __str__(self) -> str:
        return f"{self.pk}"


class Person(models.Model):
    """A citizen (innbygger) or a relative, with name and birth date as the population register has them."""

    class Sex(models.TextChoices):
        FEMALE = "female"
        MALE = "male"

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, db_index=True)
    birth_date = models.DateField(db_index=True)
    sex = models.CharField(max_length=6, choices=Sex.choices)
    identity_sealed = models.TextField()  # people.sealing.seal(number)
    identity_index = models.CharField(max_length=64, unique=True)  # people.sealing.blind_index(number)
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="nb")
    protected_address = models.BooleanField(default=False)  # adressesperre
    died_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["family_name", "given_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def age_on(self, day: date) -> int:
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class NextOfKin(models.Model):
    """A next of kin (pårørende) of a person, as the person has named them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="next_of_kin")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="next_of_kin_to")
    relation = models.CharField(max_length=40)  # ektefelle, sønn, datter, venn …
    is_nearest = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "relative"], name="next_of_kin_once")]

    def __str__(self) -> str:
        return f"{self.relative} ({self.relation})"


class Mandate(models.Model):
    """Power to act for another: fullmakt, verge or foreldreansvar, with scope and dates."""

    class Kind(models.TextChoices):
        POWER_OF_ATTORNEY = "power_of_attorney"  # fullmakt
        GUARDIAN = "guardian"  # verge
        PARENT = "parent"  # foreldreansvar

    class Scope(models.TextChoices):
        READ = "read"
        CONTACT = "contact"
        WRITE = "write"

    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_given")
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_held")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    scopes = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.representative} for {self.principal}"


class Consent(models.Model):
    """A consent (samtykke) given by a person, and withdrawn when they wish."""

    class Kind(models.TextChoices):
        SHARE_WITH_NEXT_OF_KIN = "share_with_next_of_kin"
        CONTACT_ON_BEHALF = "contact_on_behalf"
        SHARE_WITH_GP = "share_with_gp"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    to_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="consents_received"
    )
    how = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.person})"
