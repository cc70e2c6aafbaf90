"""Figures for the tests: one of each kind, with the numbers of the style page."""

import pytest

from trinnvis.figures.shapes import About, Figure
from trinnvis.site.example_figures import all_kinds


def about(key: str = "behov", **parts: str) -> About:
    said = {
        "title": "Behov per trinn",
        "finding": "Behovet vokser.",
        "alt": "Søyler som vokser.",
        "source": "Eksempeltall",
    }
    return About(key, **{**said, **parts})


@pytest.fixture(params=all_kinds(), ids=lambda figure: figure.key)
def figure(request: pytest.FixtureRequest) -> Figure:
    """Each kind of figure in turn."""
    result: Figure = request.param
    return result
