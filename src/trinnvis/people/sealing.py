"""Sealed text: identity numbers are stored encrypted (AES-256-GCM) beside a keyed blind index.

A sealed text is `<key id>.<base64url of nonce + ciphertext>`. Keys come from the settings
`TRINNVIS_SEALING_KEYS` (id → secret), `TRINNVIS_SEALING_KEY_ID` (the one that seals now) and
`TRINNVIS_INDEX_KEY`. To rotate: add a key, name it as current, run `reseal_identity_numbers`, drop the old.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from trinnvis.site.keys import SHORTEST

NONCE_BYTES = 12


class SealBroken(ValueError):
    """The sealed text was changed, cut, or sealed with another key. The message never holds its content."""


def seal(text: str) -> str:
    """The text encrypted with the current key; a new text every time."""
    key_id = str(settings.TRINNVIS_SEALING_KEY_ID)
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key_id).encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}.{urlsafe_b64encode(nonce + sealed).decode()}"


def open_sealed(sealed: str) -> str:
    """The text that was sealed, with whichever key sealed it.

    Raises:
        SealBroken: when the text is not what `seal` returned.
        ImproperlyConfigured: when the key it names is missing.
    """
    key_id, dot, body = sealed.partition(".")
    try:
        raw = urlsafe_b64decode(body)
    except ValueError:
        raw = b""
    if not dot or len(raw) <= NONCE_BYTES:
        raise SealBroken("This is not a sealed text.")
    try:
        return _cipher(key_id).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], key_id.encode()).decode()
    except InvalidTag:
        raise SealBroken(f"The text sealed with key {key_id!r} is changed, or the key is another.") from None


def is_current(sealed: str) -> bool:
    """Whether the text is sealed with the key that seals now."""
    return sealed.partition(".")[0] == str(settings.TRINNVIS_SEALING_KEY_ID)


def blind_index(number: str) -> str:
    """HMAC-SHA256 of a normalised number, 64 hex digits: finds a number without opening any."""
    secret = _long_enough(settings.TRINNVIS_INDEX_KEY, "TRINNVIS_INDEX_KEY")
    return hmac.new(secret.encode(), number.encode(), hashlib.sha256).hexdigest()


def _cipher(key_id: str) -> AESGCM:
    name = f"TRINNVIS_SEALING_KEYS[{key_id!r}]"
    return _cipher_of(_long_enough(settings.TRINNVIS_SEALING_KEYS.get(key_id, ""), name))


@lru_cache(maxsize=8)
def _cipher_of(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"trinnvis sealed text\0" + secret.encode()).digest())


def _long_enough(secret: str, name: str) -> str:
    if len(secret) < SHORTEST:
        raise ImproperlyConfigured(f"{name} is missing or shorter than {SHORTEST} characters.")
    return secret
