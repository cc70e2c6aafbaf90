"""The program run as a person runs it: in a process and with a data folder of its own."""

import gc
import multiprocessing
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]
THE_COMMAND = "import runpy; runpy.run_module('trinnvis', run_name='__main__', alter_sys=True)"


def environment(data: Path, **more: str) -> dict[str, str]:
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("TRINNVIS_", "DATABASE_", "DJANGO_"))
    }
    return {**inherited, "TRINNVIS_DATA": str(data), "COLUMNS": "100", **more}


# What every command loads is loaded once, in a process that each run is divided from: to start Python and
# load it anew took longer than most of what is tried.
_warm = multiprocessing.get_context("forkserver")
_warm.set_forkserver_preload(
    [
        "django.core.management",
        "django.db.models",
        "django.forms",
        "pydantic",
        "rich.console",
        "typer",
        "yaml",
    ]
)


def trinnvis(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`trinnvis …` in a process of its own."""
    return program(THE_COMMAND, environment(data, **more), *arguments)


def program(text: str, env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a program answers that is run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        process = _warm.Process(target=_become, args=(text, env, arguments, folder))
        process.start()
        process.join(300)
        ended = process.exitcode
        process.kill()
        assert ended is not None, f"{arguments} never ended"
        out, err = (Path(folder, name).read_text() for name in ("out", "err"))
    return subprocess.CompletedProcess(arguments, ended, out, err)


def _become(text: str, env: dict[str, str], arguments: tuple[str, ...], folder: str) -> None:
    os.environ.clear()
    os.environ.update(env)
    for name, number in (("out", 1), ("err", 2)):
        os.dup2(os.open(Path(folder, name), os.O_CREAT | os.O_WRONLY), number)
    sys.path[:0] = filter(None, env.get("PYTHONPATH", "").split(os.pathsep))
    sys.argv[1:] = arguments
    try:
        exec(text, {"__name__": "__main__"})
    finally:
        for each in gc.get_objects():  # a process that ends by itself closes what it has open
            if issubclass(type(each), sqlite3.Connection):  # isinstance would wake what waits to be made
                each.close()


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
