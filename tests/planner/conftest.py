"""The planners' pages are seen at the same moment as the desk's, by a small policy."""

import pytest


@pytest.fixture(autouse=True)
def the_clock(settings) -> None:
    settings.TRINNVIS_CLOCK = "desking.moment"
