"""The one door in: enquiries (henvendelser) from every channel."""

from django.db import models

from trinnvis.access.models import Account
from trinnvis.people.models import Person

from .row import CaseRow


class EnquiryDraft(models.Model):
    """A form begun in the portal and not yet sent; `content` is sealed since it is health data."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="enquiry_draft")
    content_sealed = models.TextField()
    step = models.PositiveSmallIntegerField(default=1)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account}"


class Enquiry(CaseRow):
    """A contact with the municipality (henvendelse): who, when, how, about whom, and what matters."""

    NAME = "henvendelse"  # a part of a case from when it is triaged

    class Channel(models.TextChoices):
        PORTAL = "portal"
        PHONE = "phone"
        GP = "gp"  # fastlege
        HOSPITAL = "hospital"
        DROP_IN = "drop_in"
        HOME_VISIT = "home_visit"

    class Triage(models.TextChoices):
        URGENT = "urgent"
        SEVERELY_ILL = "severely_ill"  # alvorlig syk, livets siste fase
        CLARIFICATION = "clarification"  # avklaring
        ADVICE = "advice"  # råd og veiledning
        OTHER_UNIT = "other_unit"

    number = models.CharField(max_length=20, unique=True)
    submission_key = models.CharField(max_length=64, unique=True)  # makes a double submit harmless
    received_at = models.DateTimeField(db_index=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    unidentified_name = models.CharField(max_length=160, blank=True)  # when the person is not yet found
    contact = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries_made"
    )
    contact_name = models.CharField(max_length=160, blank=True)
    contact_role = models.CharField(max_length=80, blank=True)  # pårørende, fastlege, sykehus …
    contact_phone = models.CharField(max_length=20, blank=True)
    consent_note = models.CharField(max_length=300, blank=True)
    registered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    what_matters = models.TextField(blank=True)
    what_i_manage = models.TextField(blank=True)
    who_is_around = models.TextField(blank=True)
    how_i_live = models.TextField(blank=True)
    says_urgent = models.BooleanField(default=False)
    urgency_note = models.TextField(blank=True)
    is_application = models.BooleanField(default=False)  # søknad: starts the legal clock
    applies_for = models.TextField(blank=True)
    triage = models.CharField(max_length=14, choices=Triage.choices, blank=True, db_index=True)
    triaged_at = models.DateTimeField(null=True, blank=True)
    triaged_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    triage_reason = models.TextField(blank=True)
    case = models.ForeignKey(
        "casework.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )

    class Meta:
        ordering = ["received_at"]

    def __str__(self) -> str:
        return self.number
