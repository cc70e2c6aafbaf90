"""How typed text is compared and kept: the same words are the same text, whatever the browser sent."""

from __future__ import annotations

LONGEST = 10_000  # characters in one text field


def clean(text: str) -> str:
    """Line ends as LF, no blank space around; nothing else is touched."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
