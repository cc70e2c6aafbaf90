"""The catalogues of nynorsk and English. The texts in code and templates are bokmål, the source language.

extract   collect new texts into the .po files (needs GNU gettext, developers only)
compile   make the .mo files the program reads
check     are catalogue, compiled file and placeholders in step?
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "trinnvis" / "site" / "locale"
LANGUAGES = ("nn", "en")
CREATED = datetime(2026, 11, 22, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|{\w*}")


def extract() -> int:
    made = collect(ROOT / "src")
    for language in LANGUAGES:
        tidy(language)
    return made


def collect(src: Path) -> int:
    """Collect the texts of the package under `src` into its own catalogues."""
    locales = [argument for language in LANGUAGES for argument in ("--locale", language)]
    command = [sys.executable, "-m", "django", "makemessages", *locales]
    with tempfile.TemporaryDirectory() as data:
        return subprocess.run(
            [*command, "--no-obsolete", "--add-location", "file"],
            cwd=src / "trinnvis",
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "trinnvis.site.settings",
                "PYTHONPATH": str(src),
                "TRINNVIS_DATA": data,
            },
            stdout=subprocess.DEVNULL,
        ).returncode


def tidy(language: str) -> None:
    """One way to write a catalogue, whatever wrote it last, so that a difference is a difference."""
    catalog = load(language)
    catalog.creation_date = CREATED
    written = BytesIO()
    write_po(written, catalog, width=110, omit_header=False)
    po_file(language).write_bytes(written.getvalue())


def compile_all() -> int:
    for language in LANGUAGES:
        if po_file(language).exists():
            po_file(language).with_suffix(".mo").write_bytes(compiled(load(language)))
    return 0


def check() -> int:
    faults: list[str] = []
    texts: dict[str, set[object]] = {}
    for language in LANGUAGES:
        path = po_file(language)
        if not path.exists():
            print(f"note: {language} has no catalogue yet, so its readers see bokmål")
            continue
        catalog = load(language)
        texts[language] = {key(message) for message in catalog if message.id}
        faults += [
            f"{language}: {fault}" for message in catalog if message.id for fault in faults_of(message)
        ]
        if in_use(catalog) != in_use(load_compiled(language)):
            faults.append(f"{language}: the compiled file is out of step: make translations")
    if len({frozenset(ids) for ids in texts.values()}) > 1:
        faults.append("nn and en do not hold the same texts: make translations")
    if len(texts) == len(LANGUAGES) and shutil.which("xgettext"):
        new = in_the_code() - set.union(*texts.values())
        faults += [f"not in the catalogues (make translations): {text}" for text in sorted(map(str, new))]
    for fault in faults:
        print(fault)
    return int(bool(faults))


def faults_of(message: Message) -> list[str]:
    """What is wrong with one translation: missing, uncertain, or with other placeholders than its text."""
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    targets = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(targets):
        return [f"not translated: {sources[0]!r}"]
    if message.fuzzy:
        return [f"fuzzy, must be read: {sources[0]!r}"]
    allowed = {placeholder for source in sources for placeholder in PLACEHOLDER.findall(source)}
    used = {placeholder for target in targets for placeholder in PLACEHOLDER.findall(target)}
    return [f"placeholders differ: {sources[0]!r}"] if allowed != used else []


def in_use(catalog: Catalog) -> dict[object, object]:
    return {key(m): plain(m.string) for m in catalog if m.id and m.string and not m.fuzzy}


def key(message: Message) -> tuple[object, str]:
    """What tells a text from all others; a compiled file gives its context as bytes."""
    context = message.context or ""
    return plain(message.id), context.decode() if isinstance(context, bytes) else context


def plain(text: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    """A text, or the forms of a plural: read from .po and .mo they are of different types."""
    return text if isinstance(text, str) else tuple(text)


def in_the_code() -> set[object]:
    """Every text the code and templates hold now, collected in a copy: the checkout stays as it is."""
    with tempfile.TemporaryDirectory() as copy:
        package = Path(copy) / "trinnvis"
        shutil.copytree(ROOT / "src" / "trinnvis", package, ignore=shutil.ignore_patterns("static", "*.npz"))
        collect(Path(copy))
        with (package / po_file(LANGUAGES[0]).relative_to(ROOT / "src" / "trinnvis")).open("rb") as file:
            return {key(message) for message in read_po(file, locale=LANGUAGES[0]) if message.id}


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def load_compiled(language: str) -> Catalog:
    path = po_file(language).with_suffix(".mo")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_mo(file)


def compiled(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


if __name__ == "__main__":
    commands = {"extract": extract, "compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())
