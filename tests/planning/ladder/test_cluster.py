"""A cluster: real worker processes over TLS, one of them killed, and what it says when it cannot be used."""

import datetime as dt
import ipaddress
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from planning.ladder.small import job, ran

from trinnvis.planning.ladder import cluster as clusters
from trinnvis.planning.ladder.running import Workers, run
from trinnvis.planning.ladder.tallies import digest
from trinnvis.trouble import Trouble

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One self-signed certificate that scheduler, workers and client all trust, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ladder")])
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, form, plain)
    )
    return path


@pytest.fixture(scope="module")
def over_tls(certificate: Path) -> Iterator[Any]:
    """A scheduler and two worker processes; the client's settings are Dask's own."""
    import dask

    tls = "distributed.comm.tls"
    said = {f"{tls}.{role}.cert": str(certificate) for role in ("scheduler", "worker", "client")}
    with (
        dask.config.set(said | {f"{tls}.ca-file": str(certificate)}),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            protocol="tls://",
            security=distributed.Security(require_encryption=True),
        ) as made,
    ):
        yield made


def test_a_killed_worker_loses_nothing_over_tls(over_tls: Any) -> None:
    address = over_tls.scheduler_address
    assert address.startswith("tls://")
    answer = digest(ran(job(), 24, size=2))
    victim = next(iter(over_tls.workers.values())).pid
    killed = threading.Event()

    def kill(done: int) -> None:
        if not killed.is_set():
            killed.set()
            os.kill(victim, signal.SIGKILL)

    with clusters.cluster(address) as workers:
        assert digest(run(job(), 24, workers, size=2, done=kill)) == answer
    assert killed.is_set()


def test_workers_of_another_version_are_not_used(over_tls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "__version__", "0.0.1")
    with (
        pytest.raises(Trouble, match=r"her er 0\.0\.1"),
        clusters.cluster(over_tls.scheduler_address),
    ):
        pass


def test_a_cluster_without_workers() -> None:
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty,
        distributed.Client(empty) as client,
        pytest.raises(Trouble, match="ingen arbeidere"),
    ):
        clusters._workers(client)


def test_a_cluster_that_is_lost_is_told_and_the_blocks_are_kept() -> None:
    from concurrent.futures import CancelledError

    with pytest.raises(Trouble, match="ble borte") as told, clusters._losses(distributed, "tcp://x:1"):
        raise CancelledError
    assert "Kjør samme kommando igjen" in str(told.value.remedy)


def test_the_wait_for_a_cluster_that_does_not_answer_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port where somebody listens and says nothing."""
    import socket

    monkeypatch.setattr(clusters, "PATIENCE", 0.5)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(Trouble, match="svarer ikke"),
        clusters.cluster(f"tcp://127.0.0.1:{silent.getsockname()[1]}"),
    ):
        pass


def test_workers_that_stop_answering_are_asked_after(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import Executor, Future

    class Silent(Executor):
        def submit(self, *args: object, **kwargs: object) -> Future[Any]:  # type: ignore[override]
            return Future()

    def gone() -> None:
        raise Trouble("Klyngen har ingen arbeidere.", "")

    monkeypatch.setattr("trinnvis.planning.ladder.running.QUIET", 0.01)
    with pytest.raises(Trouble, match="ingen arbeidere"):
        run(job(), 2, Workers(Silent(), 2, gone))
