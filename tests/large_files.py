"""Where the large public files stand when a machine has them; tests that need them are marked `shared`."""

from pathlib import Path

LARGE_FILES = Path(__file__).resolve().parents[2] / "shared" / "data"
