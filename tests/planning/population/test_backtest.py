"""The projection against what happened: it must beat the first attempt and the naive ones."""

from pathlib import Path

import numpy as np
import pytest

from trinnvis.planning.population import backtest, backtest_report, intervals
from trinnvis.planning.population.backtest import Score
from trinnvis.planning.population.shipped import figures
from trinnvis.trouble import Trouble

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return backtest.run(figures(), backtest_report.REFERENCE_SIZED_IN)


def test_it_beats_the_first_attempt_and_the_naive_in_every_row(scores: list[Score]) -> None:
    first = backtest_report.first_attempt()
    found = [s for s in scores if (s.band, s.size) == ("80+", "7-15k")]
    assert [(s.base, s.horizon) for s in found] == [
        *((2006, h) for h in (5, 10, 15, 20)),
        *((2011, h) for h in (5, 10, 15)),
        *((2016, h) for h in (5, 10)),
    ]
    for s in found:
        assert s.median_error < first[s.base, s.horizon, s.band, s.size]
        assert s.median_error < min(s.moved_up, s.unchanged)


def test_the_intervals_cover_about_what_they_say(scores: list[Score]) -> None:
    for band in ("67-79", "80-89", "80+", "90+"):
        here = [s for s in scores if s.band == band]
        covered = np.average([s.coverage for s in here], weights=[s.municipalities for s in here])
        assert 0.7 <= covered <= 0.9


def test_every_municipality_is_scored(scores: list[Score]) -> None:
    for base, horizon in {(s.base, s.horizon) for s in scores}:
        assert (
            sum(s.municipalities for s in scores if (s.base, s.horizon, s.band) == (base, horizon, "80+"))
            == 357
        )


def test_shipped_widths_are_those_the_backtest_finds() -> None:
    found = backtest.widths(figures())
    shipped = intervals.shipped_widths()
    assert found.keys() == shipped.keys()
    for key, width in found.items():
        assert shipped[key] == pytest.approx(width, abs=1e-3)


def test_widths_are_found_again_from_known_errors() -> None:
    rng = np.random.Generator(np.random.Philox(1))
    errors = {
        ("80+", size, years): rng.normal(0, (0.1, 0.05)[size] * (years / 10) ** 0.5, 20_000)
        for size in (0, 1)
        for years in (5, 10, 20)
    }
    found = intervals.fit(errors)
    assert found["80+", 0][0] == pytest.approx(0.1 * 1.2816, rel=0.03)
    assert found["80+", 1] == pytest.approx((0.05 * 1.2816, 0.5), rel=0.05)
    assert intervals.reach(found, "80+", 0, 0) == 0


def test_the_page_holds_the_tables_the_command_writes(scores: list[Score], tmp_path: Path) -> None:
    page = ROOT / "docs" / "methods" / "population.md"
    copy = tmp_path / "population.md"
    copy.write_text(page.read_text(encoding="utf-8"), encoding="utf-8")
    backtest_report.write(copy, backtest_report.markdown(backtest.run(figures()), scores))
    assert copy.read_text(encoding="utf-8") == page.read_text(encoding="utf-8")


def test_a_page_without_marks_is_not_touched(tmp_path: Path) -> None:
    page = tmp_path / "side.md"
    page.write_text("Min side")
    with pytest.raises(Trouble, match="merkene"):
        backtest_report.write(page, "tabell")
    assert page.read_text() == "Min side"
