"""Write docs/access.md anew from the access rules: run it after changing who may see or do what."""

from pathlib import Path

from trinnvis.startup import start

start()

from trinnvis.casework.access_document import as_markdown  # noqa: E402 - needs the settings

document = Path(__file__).resolve().parents[1] / "docs" / "access.md"
document.write_text(as_markdown(), encoding="utf-8")
print(f"Wrote {document}")
