"""How a peer's script is driven. It runs in the peer's own environment: only the standard library is used."""

import json
import os
import sys
import time
from importlib.metadata import version


def serve(once, *packages):
    """Say which versions these are; then do `once` for each line, and answer with its time and result.

    Whatever the peer itself prints goes to standard error.
    """
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _say(out, versions=", ".join(f"{name} {version(name)}" for name in packages))
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        answer = once()
        _say(out, wall=time.perf_counter() - wall, cpu=time.process_time() - cpu, answer=answer)


def _say(out, **what):
    out.write(json.dumps(what) + "\n")
    out.flush()
