"""Fetches the front end's few outside files and records their SHA-256 (developer tool; needs Node's npm).

    python scripts/vendor.py

Run it only to raise a version. Neither the running program nor its tests need Node or a network:
they use the files this script wrote under `static/trinnvis/vendor/` and `tests/vendor/`.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "scripts" / "theme"
SITE = ROOT / "src" / "trinnvis" / "site" / "static" / "trinnvis" / "vendor"
TESTS = ROOT / "tests" / "vendor"

VERSIONS = {
    "@digdir/designsystemet": "1.15.0",
    "@digdir/designsystemet-css": "1.22.0",
    "@digdir/designsystemet-web": "1.22.0",
    "@fontsource-variable/inter": "5.3.0",
    "@navikt/aksel-icons": "8.16.2",
    "axe-core": "4.14.1",
    "echarts": "6.1.0",
    "maplibre-gl": "6.17.0",
}

# file written -> (package, file in the package, licence)
COPIES = {
    SITE / "designsystemet.css": ("@digdir/designsystemet-css", "dist/src/index.css", "MIT"),
    SITE / "designsystemet-web.js": ("@digdir/designsystemet-web", "dist/umd/index.js", "MIT"),
    SITE / "inter-latin.woff2": (
        "@fontsource-variable/inter", "files/inter-latin-wght-normal.woff2", "OFL-1.1",
    ),
    SITE / "inter-latin-ext.woff2": (
        "@fontsource-variable/inter", "files/inter-latin-ext-wght-normal.woff2", "OFL-1.1",
    ),
    SITE / "echarts.min.js": ("echarts", "dist/echarts.min.js", "Apache-2.0"),
    SITE / "maplibre-gl.mjs": ("maplibre-gl", "dist/maplibre-gl.mjs", "BSD-3-Clause"),
    SITE / "maplibre-gl-worker.mjs": ("maplibre-gl", "dist/maplibre-gl-worker.mjs", "BSD-3-Clause"),
    SITE / "maplibre-gl.css": ("maplibre-gl", "dist/maplibre-gl.css", "BSD-3-Clause"),
    TESTS / "axe.min.js": ("axe-core", "axe.min.js", "MPL-2.0"),
}  # fmt: skip

LICENCES = {
    SITE / "LICENSE-designsystemet.txt": ("@digdir/designsystemet-css", "LICENSE"),
    SITE / "LICENSE-inter.txt": ("@fontsource-variable/inter", "LICENSE"),
    SITE / "LICENSE-echarts.txt": ("echarts", "LICENSE"),
    SITE / "LICENSE-echarts-NOTICE.txt": ("echarts", "NOTICE"),
    SITE / "LICENSE-maplibre-gl.txt": ("maplibre-gl", "LICENSE.txt"),
    TESTS / "LICENSE-axe-core.txt": ("axe-core", "LICENSE"),
}

# The names templates use -> the drawing in Aksel's set.
ICONS = {
    "arrow-left": "ArrowLeft", "arrow-right": "ArrowRight", "bell": "Bell", "calculator": "Calculator",
    "calendar": "Calendar", "chat": "Chat", "check": "Checkmark", "check-circle": "CheckmarkCircle",
    "chevron-down": "ChevronDown", "chevron-right": "ChevronRight", "clock": "Clock", "document": "FileText",
    "download": "Download", "enter": "Enter", "external": "ExternalLink", "eye": "Eye",
    "family": "PersonGroup", "folder": "Folder", "gavel": "Gavel", "hand-heart": "HandHeart",
    "house": "House",
    "inbox": "InboxDown", "info": "Information", "language": "Language", "leave": "Leave",
    "letter": "EnvelopeClosed",
    "location": "LocationPin", "lock": "PadlockLocked", "minus": "Minus", "note": "NotePencil",
    "pencil": "Pencil", "person": "Person", "person-plus": "PersonPlus", "pdf": "FilePdf", "phone": "Phone",
    "plant": "Plant", "plus": "Plus", "question": "QuestionmarkCircle", "search": "MagnifyingGlass",
    "shield": "ShieldLock", "staircase": "Staircase", "tasks": "Tasklist", "trash": "Trash",
    "undo": "ArrowUndo", "upload": "Upload", "warning": "ExclamationmarkTriangle", "xmark": "XMark",
}  # fmt: skip


def run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True)


def sprite(icons: Path) -> str:
    """One SVG file with a `<symbol>` for each icon in `ICONS`."""
    symbols = []
    for name, drawing in sorted(ICONS.items()):
        svg = (icons / f"{drawing}.svg").read_text(encoding="utf-8")
        body = re.sub(r"\s*\n\s*", "", re.sub(r"^<svg[^>]*>|</svg>\s*$", "", svg.strip()))
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" fill="none">{body}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def theme(work: Path) -> str:
    """The theme's CSS, computed from the few colours in `scripts/theme/trinnvis.json`."""
    config = work / "theme.json"
    shutil.copy(THEME / "trinnvis.json", config)
    cli = str(work / "node_modules" / ".bin" / "designsystemet")
    run(cli, "tokens", "create", "--clean", "--config", config.name, cwd=work)
    run(cli, "tokens", "build", "--clean", "--config", config.name, "--out-dir", "theme", cwd=work)
    return (work / "theme" / "trinnvis.css").read_text(encoding="utf-8")


def record(folder: Path, rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["sha256"] = hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest()
    rows.sort(key=lambda row: row["file"])
    (folder / "vendor.json").write_text(
        json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def main() -> None:
    for folder in (SITE, TESTS):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        packages = [f"{package}@{version}" for package, version in VERSIONS.items()]
        run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *packages, cwd=work)
        modules = work / "node_modules"
        rows: dict[Path, list[dict[str, str]]] = {SITE: [], TESTS: []}

        def note(path: Path, package: str, licence: str) -> None:
            row = {"file": path.name, "package": package, "version": VERSIONS[package], "licence": licence}
            rows[path.parent].append(row)

        for target, (package, source, licence) in COPIES.items():
            data = (modules / package / source).read_bytes()
            target.write_bytes(re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", data))
            note(target, package, licence)
        for target, (package, source) in LICENCES.items():
            shutil.copyfile(modules / package / source, target)
        (SITE / "icons.svg").write_text(sprite(modules / "@navikt/aksel-icons/dist/svg"), encoding="utf-8")
        note(SITE / "icons.svg", "@navikt/aksel-icons", "MIT")
        (SITE / "theme.css").write_text(theme(work), encoding="utf-8")
        note(SITE / "theme.css", "@digdir/designsystemet", "MIT")
    # The icon package states its licence (MIT, Nav) in package.json and carries no licence file.
    (SITE / "LICENSE-aksel-icons.txt").write_text(
        "Aksel icons, Nav\n\n" + (THEME / "MIT.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    for folder, found in rows.items():
        record(folder, found)


if __name__ == "__main__":
    main()
