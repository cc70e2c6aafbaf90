"""The one clock of the site; everything below the doors gets `now` as an argument."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils.module_loading import import_string


def system_now() -> datetime:
    return datetime.now(UTC)


def site_now() -> datetime:
    """Now, as an aware datetime, from the clock that `TRINNVIS_CLOCK` names."""
    now: datetime = import_string(settings.TRINNVIS_CLOCK)()
    return now
