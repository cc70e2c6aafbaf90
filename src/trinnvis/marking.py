"""Marks texts where Django is not known: those to translate, which the door that shows them does; and those
that stand as they are written."""


def gettext_noop(text: str) -> str:
    return text


class Norwegian(str):
    """Words of the municipality's own: they are not translated, and a page in another language says so."""

    lang = "nb"
