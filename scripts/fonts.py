"""Makes the typefaces that stand in for Inter where it lacks a character, and records where they come from.

    pip install fonttools && python scripts/fonts.py

A developer tool: it needs Node's npm and Debian's apt, and is run only to raise a version or to take in one
more script. Noto comes as npm packages with the files of Google Fonts, but Arabic from Debian: the newer ones
build a letter of its bow and its dots, and who copies or listens to such a PDF gets each letter twice. What a
letter has no use for is taken out: hints, alternative forms, and symbols that a typeface before it draws. The
last resort is our own: one empty box for every character there is, so that no text is without a shape.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

FOLDER = Path(__file__).resolve().parent.parent / "src" / "trinnvis" / "fonts"
VENDOR = FOLDER / "vendor"
SCOPE = "@expo-google-fonts"
LETTERS = "noto-sans"  # Latin, Greek, Cyrillic
SCRIPTS = {
    LETTERS: "0.4.2",
    "noto-sans-hebrew": "0.4.1",
    "noto-sans-ethiopic": "0.4.2",
    "noto-sans-tamil": "0.4.3",
    "noto-sans-thai": "0.4.2",
    "noto-sans-devanagari": "0.4.1",
    "noto-sans-gurmukhi": "0.4.1",
    "noto-sans-myanmar": "0.4.2",
}
SYMBOLS = {"noto-sans-math": "0.4.2", "noto-sans-symbols": "0.4.1", "noto-sans-symbols-2": "0.4.1"}
EMOJI = {"noto-emoji": "0.4.7"}
TAKES_APART = "ccmp"  # a letter with its accent, into two; a picture in a PDF needs it whole
DEBIAN = "fonts-noto-core"
ARABIC_COPYRIGHT = "Copyright 2010, 2012-2020 Google Inc., 2015-2020 Google LLC (Noto Naskh Arabic)"
ARABIC = "NotoNaskhArabic-Regular.ttf"
FIRST_SYMBOL, LAST_SYMBOL = 0x2000, 0x2BFF
FIRST_PRIVATE_PLANE = 0xF0000
DEVANAGARI = (range(0x0900, 0x0980), range(0x1CD0, 0x1D00), range(0xA830, 0xA840), range(0xA8E0, 0xA900))
SURROGATES = range(0xD800, 0xE000)

Wanted = Callable[[int], bool]


def main() -> None:
    rows = [row for row in known() if row["file"].startswith("Inter")]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        packages = SCRIPTS | SYMBOLS | EMOJI
        names = [f"{SCOPE}/{package}@{version}" for package, version in packages.items()]
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *names]
        subprocess.run(command, cwd=work, check=True)
        modules = work / "node_modules" / SCOPE
        drawn: set[int] = set()

        def is_new_symbol(code: int) -> bool:
            goes_on_another = unicodedata.category(chr(code)).startswith("M")  # which is not in these fonts
            return FIRST_SYMBOL <= code <= LAST_SYMBOL and code not in drawn and not goes_on_another

        for package, version in packages.items():
            source = next((modules / package / "400Regular").glob("*.ttf"))
            target = VENDOR / source.name.replace("_400", "-")
            features = [] if package in SYMBOLS else [*Options().layout_features]
            if package == LETTERS:
                features.remove(TAKES_APART)
            wanted = is_new_symbol if package in SYMBOLS else is_public
            drawn |= subset(source, target, is_letter if package == LETTERS else wanted, features)
            rows.append(recorded(target, f"{SCOPE}/{package}", version))
        arabic, version = from_debian(work)
        subset(arabic, VENDOR / ARABIC, is_public, Options().layout_features)
        rows.append(recorded(VENDOR / ARABIC, f"Debian {DEBIAN}", version))
        (VENDOR / "LICENSE-noto.txt").write_text(licences(modules, [*packages]), encoding="utf-8")
    rows.sort(key=lambda row: row["file"])
    text = json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    (VENDOR / "vendor.json").write_text(text, encoding="utf-8")
    last_resort(FOLDER / "LastResort.ttf")


def from_debian(work: Path) -> tuple[Path, str]:
    """The Arabic font, and the version of the package it came in."""
    subprocess.run(["apt-get", "download", DEBIAN], cwd=work, check=True)
    package = next(work.glob(f"{DEBIAN}_*.deb"))
    subprocess.run(["dpkg-deb", "-x", package.name, "debian"], cwd=work, check=True)
    return next((work / "debian").rglob(ARABIC)), package.name.split("_")[1]


def known() -> list[dict[str, str]]:
    """What is recorded already; Inter is not made here."""
    rows: list[dict[str, str]] = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
    return rows


def recorded(file: Path, package: str, version: str) -> dict[str, str]:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {
        "file": file.name,
        "package": package,
        "version": version,
        "licence": "OFL-1.1",
        "sha256": digest,
    }


def is_public(code: int) -> bool:
    return code < FIRST_PRIVATE_PLANE


def is_letter(code: int) -> bool:
    """Not the Devanagari that comes along: a script that is shaped has a font of its own."""
    return is_public(code) and not any(code in block for block in DEVANAGARI)


def subset(source: Path, target: Path, wanted: Wanted, features: list[str]) -> set[int]:
    """Write the wanted part of a font, with these rules of shaping; returns the characters it draws."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, notdef_outline=True, layout_features=features)
    options.drop_tables += ["MATH", "meta"]
    codes = {code for code in font.getBestCmap() if wanted(code)}
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(target)
    return codes


def licences(modules: Path, packages: list[str]) -> str:
    """Each font's copyright line, then the licence they share."""
    texts = [(modules / package / "LICENSE_FONT").read_text(encoding="utf-8") for package in packages]
    lines = dict.fromkeys([text.partition("\n")[0].strip() for text in texts] + [ARABIC_COPYRIGHT])
    return "\n".join(lines) + "\n" + texts[0].partition("\n")[2]


def last_resort(target: Path) -> None:
    """A font of one box. Character map format 13 gives a range of characters the same glyph."""
    pen = TTGlyphPen(None)
    for corners in (
        ((80, 0), (80, 730), (720, 730), (720, 0)),
        ((130, 50), (670, 50), (670, 680), (130, 680)),
    ):
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupGlyf({".notdef": box, "box": box})
    builder.setupHorizontalMetrics({".notdef": (800, 80), "box": (800, 80)})
    builder.setupHorizontalHeader(ascent=1000, descent=-250)
    name = "Trinnvis Last Resort"
    names = {
        "familyName": name,
        "styleName": "Regular",
        "fullName": f"{name} Regular",
        "version": "Version 1.0",
    }
    builder.setupNameTable({**names, "psName": "TrinnvisLastResort-Regular", "uniqueFontIdentifier": name})
    builder.setupCharacterMap({0x25A1: "box"})
    builder.setupOS2(
        sTypoAscender=1000, sTypoDescender=-250, usWinAscent=1000, usWinDescent=250, sCapHeight=730
    )
    builder.setupPost()
    every = CmapSubtable.newSubtable(13)
    every.platformID, every.platEncID, every.language = 3, 10, 0
    every.cmap = {code: "box" for code in range(0x20, 0x110000) if code not in SURROGATES}
    builder.font["cmap"].tables.append(every)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(target)


if __name__ == "__main__":
    main()
