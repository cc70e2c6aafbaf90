"""Gives out numbers without holes or doubles."""

from django.db import transaction
from django.db.models import F

from trinnvis.casework.models import NumberSeries

PREFIXES = {"enquiry": "H-"}


def next_number(series: str, year: int) -> str:
    """The next number of a series in a year, such as `2026-000123`; call it inside a transaction."""
    with transaction.atomic():
        numbers = NumberSeries.objects.filter(name=series, year=year)
        if not numbers.update(last=F("last") + 1):  # locks the row for the rest of the transaction
            NumberSeries.objects.get_or_create(name=series, year=year)
            numbers.update(last=F("last") + 1)
        last = numbers.values_list("last", flat=True).get()
    return f"{PREFIXES.get(series, '')}{year}-{last:06d}"
