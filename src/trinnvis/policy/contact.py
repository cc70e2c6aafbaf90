"""Ways to reach a municipality that a page may link to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def is_email(text: str) -> bool:
    """Whether a text is one plain e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Whether a text is an address on the web (http or https), and no script or file."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)
