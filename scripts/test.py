"""Runs every test, on SQLite and on PostgreSQL where a server answers. Arguments go on to pytest.

Tests marked `once` (no database, one of the program's own, how pages look) run on SQLite alone.
TEST_DATABASE_URL names the PostgreSQL server; without it one on 127.0.0.1:5432 is tried.
"""

import os
import subprocess
import sys
import time

import chromium
import postgresql

MOST_WORKERS = 8


def main(arguments: list[str]) -> int:
    browser = chromium.find_or_install()
    server = postgresql.find()
    if os.environ.get("CI") and not (browser and server.url):
        print(f"CI leaves nothing out. Browser: {browser or 'none'}. PostgreSQL: {server.said}.")
        return 1
    said = [f"Browser tests: {browser or 'not run, there is no browser'}"]
    # Compiled here once, and not by every worker for itself.
    subprocess.run([sys.executable, "-m", "compileall", "-q", "-j", "0", "src"], env=_environment(None, None))
    failed = False
    for name, url in (("SQLite", None), ("PostgreSQL", server.url)):
        if name == "PostgreSQL" and url is None:
            said.append(f"PostgreSQL: not run, {server.said}")
            continue
        print(f"\n── Tests on {name} ──", flush=True)
        began = time.monotonic()
        once = ["-m", "not once"] if url else []
        code = subprocess.run(_pytest(once + arguments), env=_environment(url, browser)).returncode
        failed |= code != 0
        outcome = {0: "passed", 5: "ran no test"}.get(code, "FAILED")
        said.append(
            f"{name}: {outcome} in {time.monotonic() - began:.0f} s" + (f" ({server.said})" if url else "")
        )
    print("\n" + "\n".join(said))
    return int(failed)


def _pytest(arguments: list[str]) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-q"]
    spread = any(a.startswith(("-n", "--numprocesses", "--pdb")) for a in arguments)
    if not spread:
        # One more than there are cores works while another waits; more only get in each other's way.
        command += ["-n", str(min((os.cpu_count() or 1) + 1, MOST_WORKERS)), "--dist", "worksteal"]
    return command + arguments


def _environment(url: str | None, browser: str | None) -> dict[str, str]:
    # Without compiled files kept, every worker and every program that a test starts compiles all of it anew.
    unwanted = {"TEST_DATABASE_URL", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    environment = {k: v for k, v in os.environ.items() if k not in unwanted}
    if url:
        environment["TEST_DATABASE_URL"] = url
    if browser:
        environment["TRINNVIS_CHROMIUM"] = browser
    return environment


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
