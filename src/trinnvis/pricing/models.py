"""Drafts that change, and what never does: adopted lists, indexes and the log."""

from __future__ import annotations

from django.db import models

from trinnvis.access.models import Account
from trinnvis.policy.append_only import AppendOnlyModel


class PriceList(AppendOnlyModel):
    """One adopted price list (vedtatt prisliste), stored whole; in force until the next one begins."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=160)
    valid_from = models.DateField(unique=True)
    decision = models.CharField(
        max_length=200
    )  # by whom and where it was decided, e.g. "Kommunestyret, sak 12/26"
    adopted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    document = models.JSONField()  # {"rows": [PriceRow, …]}

    class Meta:
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class PriceDraft(models.Model):
    """A price list being written (utkast til prisliste). `revision` counts every change to it or its rows."""

    class State(models.TextChoices):
        OPEN = "open", "utkast"
        ADOPTED = "adopted", "vedtatt"
        DISCARDED = "discarded", "forkastet"

    title = models.CharField(max_length=160)
    made_from = models.CharField(max_length=200)  # what it began as, in words
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    adopted_as = models.OneToOneField(
        PriceList, null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title


class PriceDraftRow(models.Model):
    """One price of a draft; `content` is a `PriceRow`. `revision` tells two editors of the same row apart."""

    draft = models.ForeignKey(PriceDraft, on_delete=models.CASCADE, related_name="rows")
    service = models.CharField(max_length=80)
    unit = models.CharField(max_length=20)
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "service", "unit"], name="one_price_per_service")
        ]

    def __str__(self) -> str:
        return f"{self.service} ({self.unit})"


class PriceIndex(AppendOnlyModel):
    """One import of a price index (prisindeks). A newer import of the same code takes over from it."""

    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=160)
    levels = models.JSONField()  # {"2024": "123.4"}
    imported_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "-imported_at", "-pk"]
        verbose_name_plural = "price indexes"

    def __str__(self) -> str:
        return self.title


class PriceEvent(AppendOnlyModel):
    """What was done to a draft, list or index, by whom and when (logg)."""

    class Verb(models.TextChoices):
        DRAFT_CREATED = "draft_created"
        ROW_SAVED = "row_saved"
        ROW_REMOVED = "row_removed"
        ROWS_REPLACED = "rows_replaced"
        CONVERTED = "converted"
        ADOPTED = "adopted"
        DISCARDED = "discarded"
        INDEX_IMPORTED = "index_imported"

    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20, choices=Verb.choices)
    draft = models.ForeignKey(
        PriceDraft, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.verb}"
