"""Outside files, of pages and letters, are exactly those we chose: name, version, licence and SHA-256."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [
    ROOT / "src/trinnvis/site/static/trinnvis/vendor",
    ROOT / "tests/vendor",
    ROOT / "src/trinnvis/fonts/vendor",
]


@pytest.mark.parametrize("folder", FOLDERS, ids=["site", "tests", "fonts"])
def test_every_file_is_listed_and_unchanged(folder: Path) -> None:
    rows = json.loads((folder / "vendor.json").read_text(encoding="utf-8"))
    files = {
        p.name for p in folder.iterdir() if p.name != "vendor.json" and not p.name.startswith("LICENSE-")
    }
    assert {row["file"] for row in rows} == files
    for row in rows:
        assert hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert row["package"]
        assert row["version"]
        assert row["licence"]


@pytest.mark.parametrize("folder", FOLDERS, ids=["site", "tests", "fonts"])
def test_every_package_brings_its_licence_text(folder: Path) -> None:
    texts = " ".join(p.read_text(encoding="utf-8") for p in folder.glob("LICENSE-*"))
    for row in json.loads((folder / "vendor.json").read_text(encoding="utf-8")):
        wording = {
            "MIT": "Permission is hereby granted",
            "OFL-1.1": "SIL OPEN FONT LICENSE",
            "Apache-2.0": "Apache License",
            "MPL-2.0": "Mozilla Public License",
            "BSD-3-Clause": "Redistribution and use in source and binary forms",
        }
        assert wording[row["licence"]] in texts


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in (FOLDERS[0].parent).rglob("*.css"):
        css = path.read_text(encoding="utf-8")
        assert "url(http" not in css.replace('"', "").replace("'", ""), path
        assert "@import" not in css, path
