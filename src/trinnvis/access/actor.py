"""Who acts: the value every rule and service gets instead of a request."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """Somebody acting now, with the roles valid now. `roles` holds (role, unit) pairs."""

    account_id: int | None
    name: str
    person_id: int | None = None
    roles: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    request_id: str = ""

    @property
    def key(self) -> int:
        """The account's key, for rows that must name who wrote them.

        Raises:
            ValueError: nobody is logged in.
        """
        if self.account_id is None:
            raise ValueError("Only someone who is logged in can do this.")
        return self.account_id

    @property
    def is_staff(self) -> bool:
        return bool(self.roles)

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(role for role, _ in self.roles)

    def has_role(self, *names: str) -> bool:
        return bool(self.role_names & set(names))


NOBODY = Actor(account_id=None, name="")
SYSTEM = Actor(account_id=None, name="Trinnvis")
