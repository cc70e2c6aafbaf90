"""Every check that needs no running program. All of them run, two at a time, and each fault is printed.

`make check ARGS="types imports"` runs the named ones only.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS = {
    "types": ["mypy"],
    "format": ["ruff", "format", "--check", "--quiet", "--diff", "."],
    "lint": ["ruff", "check", "--quiet", "--output-format", "concise", "."],
    "imports": ["lint-imports", "--no-cache", "--no-logo"],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "templates": ["djade", "--check", "--target-version", "5.2"],
    "translations": [PYTHON, "scripts/translations.py", "check"],
    "house": [PYTHON, "scripts/house_rules.py"],
}


def main(wanted: list[str]) -> int:
    if unknown := set(wanted) - set(CHECKS):
        print(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.")
        return 2
    with tempfile.TemporaryDirectory(prefix="trinnvis-check-") as data, ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda name: _run(name, data), wanted or CHECKS))
    failed = [name for name, passed in outcomes if not passed]
    print(
        f"{len(outcomes) - len(failed)} checks passed, {len(failed)} failed"
        + (f": {', '.join(failed)}" * bool(failed))
    )
    return int(bool(failed))


def _run(name: str, data: str) -> tuple[str, bool]:
    command = list(CHECKS[name])
    if name == "templates":
        command += [
            str(path.relative_to(ROOT)) for path in sorted((ROOT / "src").rglob("templates/**/*.html"))
        ]
        if command[-1] == "5.2":
            print("✓ templates (there are none)")
            return name, True
    if "/" not in command[0]:
        command[0] = str(BIN / command[0])
    environment = {
        **os.environ,
        "TRINNVIS_DATA": data,
        "TRINNVIS_ENV": "demo",
        "DJANGO_SETTINGS_MODULE": "trinnvis.site.settings",
    }
    environment.pop("DATABASE_URL", None)
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    mark = "✓" if done.returncode == 0 else "✗"
    lines = done.stdout.rstrip().splitlines()
    told = "".join(f"\n{line}" for line in lines if done.returncode or line.startswith("note:"))
    print(f"{mark} {name} ({time.monotonic() - began:.1f} s){told}", flush=True)
    return name, done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
