"""A small made-up place and the shipped library, for the demand tests."""

from collections.abc import Callable

import pytest
from planning.demand.plain import BASE, LUNNER

from trinnvis.planning.demand.engine import Engine, Need
from trinnvis.planning.demand.forecast import Forecast, forecast
from trinnvis.planning.demand.levels import hours_level, levels
from trinnvis.planning.demand.people import people_of
from trinnvis.planning.demand.reading import Library, library
from trinnvis.planning.demand.schema import Scenario
from trinnvis.planning.demand.starting import need_of


@pytest.fixture(scope="session")
def held() -> Library:
    return library()


@pytest.fixture(scope="session")
def lunner(held: Library) -> Need:
    """Lunner from 2025 to 2050."""
    people = people_of(LUNNER, BASE, 2050)
    level = levels(LUNNER, BASE)
    return need_of(held.basis, people.years, people.persons[0], level, hours_level(LUNNER, BASE)[0])


@pytest.fixture(scope="session")
def engine(held: Library, lunner: Need) -> Engine:
    return Engine(held.basis, lunner, list(held.scenarios.values()))


@pytest.fixture(scope="session")
def everything(held: Library) -> Forecast:
    """Lunner under every shipped scenario."""
    return forecast(LUNNER, list(held.scenarios), held)


@pytest.fixture
def scenario() -> Callable[..., Scenario]:
    """A scenario from plain drivers, with the dull fields filled in."""

    def make(*drivers: dict[str, object], **more: object) -> Scenario:
        full = [
            {"code": f"d{i}", "title": f"Driver {i}", **driver} for i, driver in enumerate(drivers, start=1)
        ]
        said = {"name": "own", "title": "Eget", "description": "Til test", "drivers": full, **more}
        return Scenario.model_validate(said)

    return make
