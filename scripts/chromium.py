"""Finds Chromium or Chrome for browser tests and screenshots, and installs it on Debian when it may."""

import os
import shutil
import subprocess
from pathlib import Path

# The headless shell draws the same pages with a third less work than the whole browser.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str | None:
    """The browser `TRINNVIS_CHROMIUM` names, else the first one known by name."""
    if named := os.environ.get("TRINNVIS_CHROMIUM"):
        return shutil.which(named)
    found = (shutil.which(name) for name in (*NAMES, *PLACES))
    return next((path for path in found if path), None)


def find_or_install() -> str | None:
    """The browser's path, or None with a printed word on what to do."""
    if path := find():
        return path
    if os.environ.get("TRINNVIS_CHROMIUM"):
        print("TRINNVIS_CHROMIUM names no program that can be run.")
        return None
    if root := _root_command():
        print("Installing Chromium for the browser tests (apt-get) …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = "install --yes --quiet --no-install-recommends"
        for arguments in ("update --quiet", f"{install} chromium-headless-shell", f"{install} chromium"):
            subprocess.run([*root, "apt-get", *arguments.split()], env=environment, stdout=subprocess.DEVNULL)
            if path := find():
                return path
    print(
        "No Chromium or Chrome was found. Install one (Debian: apt-get install chromium), "
        "or name one in TRINNVIS_CHROMIUM."
    )
    return None


def _root_command() -> list[str] | None:
    """How to be root without being asked anything, on a machine that has apt: [] when already root."""
    if not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["env"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None
