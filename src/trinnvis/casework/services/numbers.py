"""Gives out numbers without holes or doubles."""

from django.db import transaction

from trinnvis.casework.models import NumberSeries

PREFIXES = {"enquiry": "H-"}


def next_number(series: str, year: int) -> str:
    """The next number of a series in a year, such as `2026-000123`; call it inside a transaction."""
    with transaction.atomic():
        NumberSeries.objects.get_or_create(name=series, year=year)
        row = NumberSeries.objects.select_for_update().get(name=series, year=year)
        row.last += 1
        row.save(update_fields=["last"])
    return f"{PREFIXES.get(series, '')}{year}-{row.last:06d}"
