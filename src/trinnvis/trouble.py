"""The one error whose text is meant for the person at the keyboard."""


class Trouble(Exception):
    """Something the reader can mend. `str` says what is wrong, `remedy` what to do."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.remedy = remedy
