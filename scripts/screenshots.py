"""Photographs a demo into docs/images: makes one, serves it, logs in and looks at the pages people see.

`--address URL` photographs a demo that is already served; `--to FOLDER` puts the pictures elsewhere.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import chromium
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 60  # seconds for the server to answer
SETTLING = 5_000  # milliseconds for a map to be drawn


@dataclass(frozen=True)
class Shot:
    """One picture: who is logged in (a name in the demo, or nobody), where they go, and what they press."""

    name: str
    address: str
    who: str = ""
    follow: tuple[str, ...] = ()  # links to follow from there, by their text
    part: str = ""  # what to scroll to first, as a CSS selector
    whole: bool = False  # the whole page, not only the first screen


SHOTS = (
    Shot("front", "/"),
    Shot("services", "/tjenester"),
    Shot("ladder", "/trappen"),
    Shot("contact", "/kontakt"),
    Shot("my-page", "/min-side", "Ingrid"),
    Shot("read-log", "/innsynslogg", "Johs"),
    Shot("worklist", "/skranke/oppgaver", "Sara"),
    Shot("assessment", "/skranke/oppgaver?hvem=mine", "Sara", follow=("Johs", "Vurdering")),
    Shot("decision", "/min-side", "Johs", follow=("Sak 20", "Les vedtaket")),
    Shot("desk-ladder", "/skranke/trappen", "Leif"),
    Shot("new-enquiry", "/skranke/henvendelse/ny", "Jorunn"),
    Shot("planning", "/plan/", "Planke"),
    Shot("need", "/plan/behov", "Planke", part="main figure"),
    Shot("pathway", "/plan/forlop/persona/johs", "Planke", part="main figure"),
    Shot("simulation", "/plan/simulering", "Planke"),
    Shot("capacity", "/plan/kapasitet", "Planke"),
    Shot("prices", "/plan/priser", "Planke"),
    Shot("town", "/plan/tettsted", "Planke", part="main figure"),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served() -> Iterator[str]:
    """A fresh demo on a port of its own, gone afterwards."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "TRINNVIS_DATA": data}
        program = [sys.executable, "-m", "trinnvis"]
        subprocess.run(
            [*program, "demo", "--no-serve"], env=environment, check=True, stdout=subprocess.DEVNULL
        )
        port = free_port()
        server = subprocess.Popen([*program, "serve", "--port", str(port)], env=environment)
        try:
            wait_for(address := f"http://127.0.0.1:{port}")
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/helse").close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"Nothing answers on {address}.")


def log_in(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/logg-inn")
    page.get_by_role("button", name=who).first.click()


def photograph(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    for size, viewport in (("", DESKTOP), ("-phone", PHONE)):
        page = browser.new_page(viewport=viewport, locale="nb-NO")
        if shot.who:
            log_in(page, address, shot.who)
        page.goto(address + shot.address)
        for link in shot.follow:
            page.get_by_role("link", name=link).first.click()
        if shot.part:
            page.locator(shot.part).first.evaluate("part => part.scrollIntoView()")
            page.wait_for_timeout(SETTLING)
        page.screenshot(path=folder / f"{shot.name}{size}.png", full_page=shot.whole)
        page.context.close()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--address", help="a demo that is already served")
    arguments.add_argument("--to", type=Path, default=IMAGES, help="the folder for the pictures")
    arguments.add_argument("--only", help="one picture by name")
    chosen = arguments.parse_args()
    chosen.to.mkdir(parents=True, exist_ok=True)
    path = chromium.find_or_install()
    if path is None:
        raise SystemExit(1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        if chosen.address:
            take_all(browser, chosen.address, chosen.to, chosen.only)
        else:
            with served() as address:
                take_all(browser, address, chosen.to, chosen.only)
        browser.close()


def take_all(browser: Browser, address: str, folder: Path, only: str | None) -> None:
    for shot in SHOTS:
        if only in (None, shot.name):
            photograph(browser, address, shot, folder)
            print(f"{shot.name}", flush=True)


if __name__ == "__main__":
    main()
