"""How much memory a program holds at most, measured in a process of its own."""

import re
import subprocess
import sys
from pathlib import Path


def own_peak() -> float:
    """Megabytes this program has held at most, on Linux. `getrusage` counts the parent's too."""
    held = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(held[0]) / 1024


def told_by(code: str) -> list[float]:
    """The numbers a program prints. It begins in this folder."""
    here = str(Path(__file__).resolve().parent)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=here, stdout=subprocess.PIPE, text=True, check=True
    )  # fmt: skip
    return [float(word) for word in done.stdout.split()]
