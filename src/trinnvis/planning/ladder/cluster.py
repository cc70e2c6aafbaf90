"""Workers on other machines: Dask (the extra `cluster`). A lost worker's blocks are done again by another."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from typing import Any, Final

from trinnvis import __version__
from trinnvis.planning.ladder.running import Workers
from trinnvis.trouble import Trouble

LOCAL: Final = "local"
PATIENCE: Final = 10
"""Seconds to wait for a cluster to answer."""

SLOTS_PER_WORKER: Final = 2


@contextmanager
def cluster(address: str, local_workers: int = 2) -> Iterator[Workers]:
    """Workers at `tcp://host:port` or `tls://host:port`, or `local` for processes on this machine.

    TLS certificates come from Dask's own settings (distributed.comm.tls).

    Raises:
        Trouble: Dask is missing, nobody answers, there are no workers, or they run another version.
    """
    if find_spec("distributed") is None:
        raise Trouble("Dask er ikke installert.", "Installer trinnvis[cluster], eller kjør uten --cluster.")
    if address != LOCAL and not address.startswith(("tcp://", "tls://")):
        raise Trouble(
            f"«{address}» er ikke en adresse.", "Skriv tcp://maskin:port, tls://maskin:port eller local."
        )
    dask: Any = import_module("distributed")
    if address == LOCAL:
        if local_workers < 1:
            raise Trouble(f"Det går ikke med {local_workers} arbeidere.", "Velg minst 1 med --threads.")
        with (
            dask.LocalCluster(n_workers=local_workers, threads_per_worker=1, dashboard_address=None) as made,
            dask.Client(made) as client,
            _losses(dask, address),
        ):
            yield _workers(client)
        return
    try:
        client = _connected(dask, address)
    except (OSError, TimeoutError, RuntimeError, ValueError) as error:
        raise Trouble(
            f"Klyngen på {address} svarer ikke ({type(error).__name__}).",
            "Sjekk adressen, brannmuren og at «dask scheduler» kjører. For tls:// må sertifikatene stå i "
            "innstillingene til Dask.",
        ) from error
    with client, _losses(dask, address):
        check_versions(client, address)
        yield _workers(client)


def _connected(dask: Any, address: str) -> Any:
    """A client, within twice the patience: Dask's own limit does not hold where somebody listens on the port
    and says nothing."""
    waiting: Future[Any] = Future()

    def connect() -> None:
        try:
            waiting.set_result(dask.Client(address, timeout=PATIENCE))
        except BaseException as error:  # told to the one who waits
            waiting.set_exception(error)

    Thread(target=connect, daemon=True).start()
    return waiting.result(2 * PATIENCE)


@contextmanager
def _losses(dask: Any, address: str) -> Iterator[None]:
    """A scheduler that is gone, or a block that took worker after worker with it, told plainly."""
    try:
        yield
    except (CancelledError, OSError, dask.scheduler.KilledWorker) as error:
        raise Trouble(
            f"Klyngen på {address} ble borte mens den regnet ({type(error).__name__}).",
            "Blokkene som er ferdige, er tatt vare på: Kjør samme kommando igjen når klyngen er oppe.",
        ) from error


def _workers(client: Any) -> Workers:
    def check() -> None:
        if not client.nthreads():
            raise Trouble("Klyngen har ingen arbeidere.", "Start minst én med «dask worker».")

    check()
    threads = sum(client.nthreads().values())
    return Workers(client.get_executor(retries=3, pure=False), threads * SLOTS_PER_WORKER, check)


def check_versions(client: Any, address: str) -> None:
    """
    Raises:
        Trouble: a worker cannot run this version's blocks.
    """
    try:
        client.get_versions(check=True)
        theirs = client.run(_version)
    except (ValueError, ImportError, ModuleNotFoundError) as error:
        first = str(error).strip().splitlines()[0]
        raise Trouble(
            f"Arbeiderne på {address} kan ikke brukes: {first}.",
            "Installer samme versjon av Trinnvis og Dask på alle maskinene.",
        ) from error
    others = sorted({version for version in theirs.values() if version != __version__})
    if others:
        raise Trouble(
            f"Arbeiderne på {address} har Trinnvis {', '.join(others)}; her er {__version__}.",
            "Installer samme versjon på alle maskinene.",
        )


def _version() -> str:
    return __version__
