"""The program run as a person runs it: in a process and with a data folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(data: Path, **more: str) -> dict[str, str]:
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("TRINNVIS_", "DATABASE_", "DJANGO_"))
    }
    return {**inherited, "TRINNVIS_DATA": str(data), "COLUMNS": "100", **more}


def trinnvis(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trinnvis", *arguments],
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=300,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answered(port: int) -> None:
    """Wait until something listens on the port."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"port {port} was never opened")


def answer(address: str) -> str:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=20) as response:
                body: bytes = response.read()
                return body.decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} never answered")
