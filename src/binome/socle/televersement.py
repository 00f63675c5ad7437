"""What an upload may cost: the excess of a file is read from the network and goes nowhere."""

from __future__ import annotations

from typing import Final

from django.core.files.uploadhandler import FileUploadHandler

BORNE: Final = 21_000_000
"""Bytes of one file that reach memory or the disk: a little more than the largest that a page takes, so
that the page itself sees that the file is too large, and says so."""


class Borne(FileUploadHandler):
    """Comes before those that keep the file. It holds for anybody: a form is read before its reader is known."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece as it came, or None once there are `BORNE` bytes: who comes after sees nothing."""
        return raw_data if start < BORNE else None

    def file_complete(self, file_size: int) -> None:
        """Leaves the file to who kept it."""
