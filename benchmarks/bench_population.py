"""Population: the projection of the whole country, and of one municipality."""

from collections.abc import Iterator

from registry import Once, bench


@bench("population: 357 municipalities × 25 years × 3 variants", limit_ms=5000)
def population_all() -> Iterator[Once]:
    from trinnvis.planning.population.projecting import project_all, shipped_rates

    def anew() -> object:
        shipped_rates.cache_clear()
        return project_all(2051)

    yield anew


@bench("population: one municipality × 25 years × 3 variants")
def population_one() -> Iterator[Once]:
    from trinnvis.planning.population.projection import projection_for

    yield lambda: projection_for("3234", 2051)


@bench("population: backtest, 3 bases × 357 municipalities")
def population_backtest() -> Iterator[Once]:
    from trinnvis.planning.population import backtest
    from trinnvis.planning.population.shipped import figures

    yield lambda: backtest.run(figures())
