"""gettext where Django may not be ready: a policy folder is checked and shown without settings, in bokmål."""

from django.conf import settings
from django.utils import translation


def gettext(text: str) -> str:
    return translation.gettext(text) if settings.configured else text


def ngettext(one: str, many: str, number: int) -> str:
    if settings.configured:
        return translation.ngettext(one, many, number)
    return one if number == 1 else many
