"""Workers on other machines: Dask (the extra `cluster`). A lost worker's blocks are done again by another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
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
        with (
            dask.LocalCluster(n_workers=local_workers, threads_per_worker=1, dashboard_address=None) as made,
            dask.Client(made) as client,
        ):
            yield _workers(client)
        return
    try:
        client = dask.Client(address, timeout=PATIENCE)
    except (OSError, TimeoutError, RuntimeError, ValueError) as error:
        raise Trouble(
            f"Klyngen på {address} svarer ikke ({type(error).__name__}).",
            "Sjekk adressen, brannmuren og at «dask scheduler» kjører. For tls:// må sertifikatene stå i "
            "innstillingene til Dask.",
        ) from error
    with client:
        _check_versions(client, address)
        yield _workers(client)


def _workers(client: Any) -> Workers:
    threads = sum(client.nthreads().values())
    if not threads:
        raise Trouble("Klyngen har ingen arbeidere.", "Start minst én med «dask worker».")
    return Workers(client.get_executor(retries=3, pure=False), threads * SLOTS_PER_WORKER)


def _check_versions(client: Any, address: str) -> None:
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
