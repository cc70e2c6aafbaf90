"""Write price lists and indexes. The only door for changes."""

from .adoption import adopt
from .drafts import convert_draft, create_draft, discard, remove_row, replace_rows, save_row
from .indexes import import_index

__all__ = [
    "adopt",
    "convert_draft",
    "create_draft",
    "discard",
    "import_index",
    "remove_row",
    "replace_rows",
    "save_row",
]
