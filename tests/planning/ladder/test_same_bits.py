"""The same seed gives the same numbers to the bit, however the work is cut and whoever does it."""

import json
from pathlib import Path

import numpy as np
import pytest
from planning.ladder.small import LUNNER, job, place, ran

from trinnvis.planning.ladder.running import Workers, block, run
from trinnvis.planning.ladder.tallies import digest, joined

DRAWS = 6
BASELINE = Path(__file__).with_name("baseline.json")


@pytest.fixture(scope="module")
def answer() -> str:
    return digest(ran(job(), DRAWS, backend="numpy"))


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_threads_and_kernels(answer: str, threads: int, backend: str) -> None:
    if backend == "numba":
        pytest.importorskip("numba")
    assert digest(ran(job(), DRAWS, on=threads, backend=backend, size=2)) == answer  # type: ignore[arg-type]


@pytest.mark.parametrize("pieces", [1, 3, 50])
def test_people_in_pieces(answer: str, pieces: int) -> None:
    parts = [block(job(), first, first + 3, "auto", pieces) for first in (3, 0)]
    assert digest(joined(parts)) == answer


def test_chunks_of_people_in_numpy(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trinnvis.planning.ladder.kernel_numpy.CHUNK", 101)
    assert digest(ran(job(), DRAWS, backend="numpy")) == answer


def test_dask(answer: str) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.Client(
        processes=False, n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as client:
        workers = Workers(client.get_executor(retries=3, pure=False), 4)
        assert digest(run(job(), DRAWS, workers, size=2)) == answer


def test_another_seed_is_another_answer(answer: str) -> None:
    assert digest(ran(job(seed=2), DRAWS)) != answer


def test_the_stored_baseline() -> None:
    """Lunner as today. A change here is a change of results: say why in the changelog, and store anew."""
    tally = ran(job(place(LUNNER, 25)), 10)
    found = {
        "digest": digest(tally),
        "mean_by_step_in_2050": np.round(tally.stocks[:, -1].sum(axis=1).mean(axis=0), 3).tolist(),
    }
    assert found == json.loads(BASELINE.read_text())
