"""Who gives a service where: what a citizen is told, so it needs no look at capacity."""

from __future__ import annotations

from collections.abc import Iterable

from trinnvis.delivery.models import ServiceArea


def units_giving(services: Iterable[str], settlement: str) -> dict[str, str]:
    """Service to unit, where another than the policy's provider gives it to those in a settlement."""
    rows = ServiceArea.objects.filter(service__in=tuple(services), settlement=settlement)
    return dict(rows.values_list("service", "unit"))
