"""The assessment (vurdering): both voices side by side. Rows are added, never changed; the newest counts.

`revision` counts up per slot, and the unique constraint makes the second of two simultaneous writers fail.
"""

from django.db import models

from trinnvis.access.models import Account

from .case import Case
from .row import CaseRow


class Revised(CaseRow):
    revision = models.PositiveIntegerField()
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        abstract = True


class AssessmentEntry(Revised):
    """What one voice says about one topic (policy Topic)."""

    NAME = "ord i vurderingen"

    class Voice(models.TextChoices):
        CITIZEN = "citizen"
        PROFESSIONAL = "professional"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    topic = models.CharField(max_length=40)
    voice = models.CharField(max_length=12, choices=Voice.choices)
    text = models.TextField()
    noted_on_behalf = models.BooleanField(default=False)  # the citizen's words written down by staff

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "topic", "voice", "revision"], name="entry_revision")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.topic}/{self.voice} r{self.revision}"


class FunctionScore(Revised):
    """A function variable scored 1-5, or 9 for not relevant (KPR)."""

    NAME = "funksjonsscore"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scores")
    list_version = models.CharField(max_length=20)  # policy CodeList.version
    variable = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "variable", "revision"], name="score_revision"),
            models.CheckConstraint(condition=models.Q(score__in=[1, 2, 3, 4, 5, 9]), name="score_range"),
        ]

    def __str__(self) -> str:
        return f"{self.variable}: {self.score}"


class HousingSituation(Revised):
    """The citizen's step on the housing ladder (boligtrinn), as assessed."""

    NAME = "boligtrinn"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="housing")
    housing_step = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "revision"], name="housing_revision")]

    def __str__(self) -> str:
        return f"{self.case}: {self.housing_step}"


class ConsentCapacity(Revised):
    """Consent capacity (samtykkekompetanse), pbrl § 4-3: reasoned, written, shown."""

    NAME = "vurdering av samtykkekompetanse"

    class Conclusion(models.TextChoices):
        HAS = "has"
        LACKS_PARTLY = "lacks_partly"
        LACKS = "lacks"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consent_capacity")
    conclusion = models.CharField(max_length=12, choices=Conclusion.choices)
    reason = models.TextField()
    shown_to = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "revision"], name="capacity_revision")]

    def __str__(self) -> str:
        return f"{self.case}: {self.conclusion}"


class CriterionAnswer(Revised):
    """One criterion (kriterium) of one service answered by a person."""

    NAME = "svar på kriterium"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="criterion_answers")
    service = models.CharField(max_length=40)
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=40)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "service", "question", "revision"], name="criterion_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service}/{self.question}: {self.answer}"
