"""The demand forecast: one municipality with every scenario and its intervals, and the whole country at
once."""

from collections.abc import Iterator

from registry import Once, bench

TO = 2050


@bench("forecast of one municipality, 7 scenarios × 25 years, intervals and population included", limit_ms=50)
def forecast_one() -> Iterator[Once]:
    from trinnvis.planning.demand.forecast import forecast
    from trinnvis.planning.demand.reading import library

    held = library()
    names = list(held.scenarios)

    def once() -> object:
        found = forecast("3234", names, held, to=TO)
        return [(outcome.users_interval, outcome.growth) for outcome in found.outcomes]

    yield once


@bench("forecast of all 357 municipalities, 1 scenario × 25 years", limit_ms=2000)
def forecast_all() -> Iterator[Once]:
    import numpy as np

    from trinnvis.planning.demand.engine import Engine
    from trinnvis.planning.demand.people import everyone
    from trinnvis.planning.demand.reading import library
    from trinnvis.planning.demand.starting import need_of_all
    from trinnvis.planning.population.shipped import figures

    held, years = library(), np.arange(2025, TO + 1)
    codes, persons = figures().codes, everyone(2025, TO)

    def once() -> object:
        return Engine(held.basis, need_of_all(held.basis, years, persons, codes)).run(held.choose("trend"))

    yield once
