"""One spelling of a policy, so that the same content always has the same fingerprint."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from trinnvis.policy.model import Policy


def document(policy: Policy) -> dict[str, Any]:
    """The policy as JSON values; amounts are strings, exactly as written."""
    return policy.model_dump(mode="json")


def fingerprint(document: dict[str, Any]) -> str:
    """SHA-256 of the document in its one spelling: sorted keys, no spaces, UTF-8."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
