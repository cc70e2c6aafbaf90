"""From a path to figures: what kind of file it is, and whether it is a sensible one."""

from __future__ import annotations

import gzip
import zlib
from enum import StrEnum
from pathlib import Path

from trinnvis.planning.population.importing import delimited, jsonstat, parquet
from trinnvis.planning.population.importing.cells import LARGEST, Cells, too_large
from trinnvis.trouble import Trouble


class FileKind(StrEnum):
    """How figures are written in a file."""

    AUTO = "auto"
    JSONSTAT = "jsonstat"
    CSV = "csv"
    PARQUET = "parquet"


def read_file(path: Path, kind: FileKind = FileKind.AUTO) -> Cells:
    """The figures of one file.

    Raises:
        Trouble: missing, empty, too large, a web page, cut, or not understood; the text says where.
    """
    content = _bytes(path)
    if kind is FileKind.PARQUET or (kind is FileKind.AUTO and content[:4] == b"PAR1"):
        return parquet.read(path)
    text, note = _decoded(content, path.name)
    opening = text.lstrip()[:200].lower()
    if opening.startswith(("<!doctype", "<html", "<?xml", "<head")):
        raise Trouble(
            f"{path.name} er en nettside, ikke tall{_page_title(text)}.",
            "SSB svarer slik når adressen er for lang eller feil. Hent fila på nytt.",
        )
    if kind is FileKind.JSONSTAT or (kind is FileKind.AUTO and opening.startswith(("{", "["))):
        return jsonstat.read(text, path.name)
    cells = delimited.read(text, path.name)
    if note:
        cells.notes.append(note)
    return cells


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Trouble(f"{path} er ikke en fil.", "Oppgi fila, ikke mappa.")
        if size > LARGEST:
            raise too_large(path.name, f"{size / 1e6:.0f} MB")
        if path.suffix == ".gz":
            with gzip.open(path) as file:
                content = file.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise too_large(path.name, "mer utpakket")
        else:
            content = path.read_bytes()
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Trouble(
            f"{path.name} kan ikke pakkes ut: den er skadet eller kuttet.", "Hent fila på nytt."
        ) from None
    except OSError as error:
        raise Trouble(f"{path} kan ikke leses ({error.strerror}).", "Sjekk navnet og tilgangen.") from error
    if not content.strip():
        raise Trouble(f"{path.name} er tom.", "Hent fila på nytt.")
    return content


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    if b"\x00" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Trouble(f"{name} er ikke en tekstfil.", "Hent tallene som json-stat2 eller csv.")
    for encoding in (
        ("utf-8-sig", "utf-16") if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",)
    ):
        try:
            return content.decode(encoding), ""
        except UnicodeDecodeError:
            continue
    return content.decode("iso-8859-1"), "Fila er skrevet i ISO-8859-1, og er lest slik."


def _page_title(text: str) -> str:
    low = text.lower()
    begin, end = low.find("<title>"), low.find("</title>")
    return f" («{text[begin + 7 : end].strip()[:80]}»)" if 0 <= begin < end else ""
