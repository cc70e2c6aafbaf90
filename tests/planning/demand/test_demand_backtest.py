"""The backtest: looks at nothing it could not have known, scores rightly, and the docs show what it says."""

from pathlib import Path

import pytest

from trinnvis.planning.demand import history
from trinnvis.planning.demand.backtest import (
    Scored,
    backtest,
    damping_scores,
    fitted_trend,
    panel_backtest,
    scores,
)
from trinnvis.planning.demand.backtest_report import BEGIN, END, markdown, verdicts, write
from trinnvis.planning.demand.levels import hours_level, levels
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.shipped import panel
from trinnvis.trouble import Trouble

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "demand.md"


@pytest.fixture(scope="module")
def forecasts(held: Library) -> list[Scored]:
    return backtest(held)


def test_trend_beats_constant_in_the_panel_and_its_intervals_hold(forecasts: list[Scored]) -> None:
    of = {(score.series, score.method): score for score in scores(forecasts)}
    for series in {series for series, _ in of if not series.startswith("Norge")}:
        assert of[series, "trend"].mape < of[series, "constant"].mape
        assert 0.7 <= of[series, "trend"].coverage <= 0.9


def test_what_happened_later_changes_nothing_said_then(held: Library, forecasts: list[Scored]) -> None:
    said = {(o.series, o.method, o.place, o.year): (o.said, o.low, o.high) for o in forecasts}
    caches = (levels, hours_level, history.drift, history._relative_use)
    for cached in caches:
        cached.cache_clear()
    later = panel().at(2020)
    real = panel().users.copy()
    panel().users[:, :, later:] = real[:, :, later:] * 3 + 50
    try:
        again = panel_backtest(held)
        assert again
        for one in again:
            assert (one.said, one.low, one.high) == said[one.series, one.method, one.place, one.year]
    finally:
        panel().users[:] = real
        for cached in caches:
            cached.cache_clear()


def test_the_trend_is_the_panels_own_fall() -> None:
    home, long_term = fitted_trend(2019).drivers
    assert -0.05 < home.yearly.value < -0.01  # type: ignore[union-attr]
    assert long_term.yearly.value < home.yearly.value  # type: ignore[union-attr]


def test_scores_by_hand() -> None:
    ones = [
        Scored("s", "trend", "a", 2020, 110, 90, 130, 100),
        Scored("s", "trend", "a", 2022, 80, 70, 90, 100),
    ]
    (score,) = scores(ones)
    assert score.mape == pytest.approx(0.15)
    assert score.mape_without_pandemic == pytest.approx(0.2)
    assert score.bias == pytest.approx(-0.05)
    assert score.coverage == 0.5


def test_the_page_shows_what_the_command_says(held: Library, forecasts: list[Scored]) -> None:
    shown = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()
    computed = markdown(forecasts, scores(forecasts), damping_scores(held))
    assert shown == computed, "trinnvis forecast backtest --write docs/methods/demand.md"


def test_the_verdict_is_told_when_it_does_not_flatter() -> None:
    ones = [
        Scored("s", method, "a", 2022, said, said - 1, said + 1, 100)
        for method, said in (("last value", 100.0), ("constant", 105.0), ("trend", 120.0))
    ]
    (line,) = verdicts(scores(ones))
    assert "slår IKKE" in line
    assert "siste verdi er best" in line
    assert "UTENFOR" in line


def test_a_page_without_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("tom", encoding="utf-8")
    with pytest.raises(Trouble, match="merkene"):
        write(page, "x")
    with pytest.raises(Trouble, match="kan ikke leses"):
        write(tmp_path / "b.md", "x")
