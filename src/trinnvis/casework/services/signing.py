"""Whose name a row is written in."""

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import NotFound


def signed(actor: Actor) -> int:
    """The actor's account id.

    Raises:
        NotFound: the actor is nobody; the rules let nobody act, so this is only a last guard.
    """
    if actor.account_id is None:
        raise NotFound("account")
    return actor.account_id
