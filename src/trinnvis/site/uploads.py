"""Files that are too large: skipped as they come, so that no disk is filled before a page can say so."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class NotTooMuch(FileUploadHandler):
    """Put first among a request's handlers. over: whether what is sent is more than `most` bytes."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.over = most, False

    def handle_raw_input(self, *sent: Any) -> None:
        _data, _headers, length, *_rest = sent
        self.over = length > self.most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.over:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""
