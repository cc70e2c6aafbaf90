"""The libraries of the extra `geo`, loaded when a format needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from trinnvis.trouble import Trouble


def need_geo(module: str) -> Any:
    """
    Raises:
        Trouble: the extra is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise Trouble(
            f"Dette formatet trenger {module}, som ikke er installert.",
            "Installer tillegget: pip install 'trinnvis[geo]'.",
        ) from error
