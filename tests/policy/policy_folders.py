"""The two imagined policies, and copies of them to spoil."""

import shutil
from pathlib import Path

FOUR_STEPS = Path(__file__).parent / "folders" / "four_steps"
SEVEN_STEPS = Path(__file__).parent / "folders" / "seven_steps"


class Copy:
    """A copy of the policy of four steps that a test may spoil."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(FOUR_STEPS, path)

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the first `old`; a text that is not there is a mistake in the test."""
        text = self.read(file)
        assert old in text, f"{file} does not hold {old!r}"
        self.write(file, text.replace(old, new, 1))

    def read(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str | bytes) -> None:
        data = text if isinstance(text, bytes) else text.encode()
        (self.path / file).write_bytes(data)

    def line(self, file: str, text: str, nth: int = 1) -> int:
        """The number of the nth line that holds a text."""
        lines = [n for n, line in enumerate(self.read(file).splitlines(), 1) if text in line]
        return lines[nth - 1]
