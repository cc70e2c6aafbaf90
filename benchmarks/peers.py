"""Peers: others' software doing the same work as ours, each in an environment of its own.

A peer is `peers/NAME.py`, its requirements `peers/NAME.txt`. Its environment is made once, in a cache folder,
and used again while the requirements stay the same. A peer that cannot be had here is left out, and why is
said. The script answers each line it is sent with a round of work (see `peers/rounds.py`).
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent / "peers"
INSTALL_SECONDS = 900
ROUND_SECONDS = 600
# The folder comes last on the path, so that peers/neworder.py does not stand in the way of neworder itself.
START = (
    "import runpy, sys; sys.argv.pop(0); sys.path.append(sys.argv[0].rpartition('/')[0]); "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)
WHOLE = "made-whole"


class Unavailable(Exception):
    """A peer that cannot be measured here; the text says why."""


@dataclass(frozen=True)
class Round:
    """wall, cpu: seconds. answer: what the work came to."""

    wall: float
    cpu: float
    answer: Any


@dataclass
class Peer:
    """A running peer, made ready. versions: what it says it is."""

    name: str
    versions: str
    process: "subprocess.Popen[str]"

    def round(self) -> Round:
        """Do the work once.

        Raises:
            Unavailable: it stopped, or took too long.
        """
        said = _exchange(self.process, "once", self.name)
        return Round(said["wall"], said["cpu"], said["answer"])


def cache_folder() -> Path:
    """Where environments are kept: TRINNVIS_BENCH_CACHE, else the user's cache folder."""
    if own := os.environ.get("TRINNVIS_BENCH_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trinnvis-bench"


def environment(requirements: Path) -> Path:
    """The Python of an environment with these pinned requirements, made if there is none.

    Raises:
        Unavailable: something could not be installed.
    """
    pinned = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = cache_folder() / f"{requirements.stem}-{pinned}"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if (folder / WHOLE).exists():
        return python
    print(f"Making an environment for {requirements.stem} …", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*command, "-r", str(requirements)],
            check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        lines = [line for line in (error.stderr or "").splitlines() if line.startswith("ERROR")]
        raise Unavailable(f"pip could not install it: {(lines or ['no reason given'])[-1]}") from error
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"not installed within {INSTALL_SECONDS} s") from error
    except OSError as error:
        raise Unavailable(f"no environment could be made: {error}") from error
    (folder / WHOLE).touch()
    return python


@contextmanager
def running(name: str, *arguments: str) -> Iterator[Peer]:
    """The peer of a name, made ready with `arguments` (such as a file with the input), until closed.

    Raises:
        Unavailable: it cannot be installed, or does not start.
    """
    python = environment(HERE / f"{name}.txt")
    process = subprocess.Popen(
        [str(python), "-P", "-c", START, (HERE / f"{name}.py").as_posix(), *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_clean_environment(),
    )  # fmt: skip
    try:
        yield Peer(name, str(_exchange(process, None, name)["versions"]), process)
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def answer_of(name: str, *arguments: str) -> Any:
    """What one round of a peer's work comes to.

    Raises:
        Unavailable: it cannot be installed, does not start, or stops.
    """
    with running(name, *arguments) as peer:
        return peer.round().answer


def _clean_environment() -> dict[str, str]:
    """Ours without what would lead the peer to our packages."""
    return {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}


def _exchange(process: "subprocess.Popen[str]", order: str | None, name: str) -> dict[str, Any]:
    assert process.stdin and process.stdout
    watch = threading.Timer(ROUND_SECONDS, process.kill)
    watch.start()
    try:
        if order is not None:
            process.stdin.write(order + "\n")
            process.stdin.flush()
        line = process.stdout.readline()
    except OSError:
        line = ""
    finally:
        watch.cancel()
    if not line:
        raise Unavailable(f"{name} stopped, or took more than {ROUND_SECONDS} s")
    said: dict[str, Any] = json.loads(line)
    return said
