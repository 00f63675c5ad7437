"""What an upload may cost, and what its name may say.

The excess of a file is read from the network and goes nowhere. A name that holds a path is remembered: the
framework only keeps its end, and nobody would know that it was tried.
"""

from __future__ import annotations

import html
import re
from types import MethodType
from typing import TYPE_CHECKING, Any, Final

from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser

from binome.socle.transit import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

BORNE: Final = 21_000_000
"""Bytes of one file that reach memory or the disk: a little more than the largest that a page takes, so
that the page itself sees that the file is too large, and says so."""
CHEMIN: Final = "chemin"


class Borne(FileUploadHandler):
    """Comes before those that keep the file. It holds for anybody: a form is read before its reader is known."""

    chemin = False
    """Whether the name of the file that comes holds a path."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Leaves with the file what its name held."""
        super().new_file(*args, **kwargs)
        if self.chemin and self.content_type_extra is not None:
            self.content_type_extra[CHEMIN] = b"1"

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece as it came, or None once there are `BORNE` bytes: who comes after sees nothing."""
        return raw_data if start < BORNE else None

    def file_complete(self, file_size: int) -> None:
        """Leaves the file to who kept it."""


class EnTransit(TemporaryFileUploadHandler):
    """Keeps a file that is too large for memory among those on their way."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The folder comes with the first of them. Raises OSError."""
        place()
        super().new_file(*args, **kwargs)


class _Analyseur(MultiPartParser):
    """Reads a form, and tells the first handler of a name that holds a path, before its end alone is kept."""

    def __init__(self, meta: Any, contenu: Any, receveurs: Any, encodage: str | None) -> None:
        super().__init__(meta, contenu, receveurs, encodage)
        self._bornes = [un for un in receveurs if isinstance(un, Borne)]

    def sanitize_file_name(self, file_name: str) -> str | None:
        for un in self._bornes:
            un.chemin = re.search(r"[/\\]", html.unescape(file_name)) is not None
        nom: str | None = super().sanitize_file_name(file_name)
        return nom


class TeleversementMiddleware:
    """Has every form read by our own parser."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before anything reads the form."""
        request.parse_file_upload = MethodType(_lire, request)  # type: ignore[method-assign] # of this request alone
        return self._suite(request)


def _lire(request: HttpRequest, meta: Any, contenu: Any) -> Any:
    """As the framework does, with our parser."""
    return _Analyseur(meta, contenu, request.upload_handlers, request.encoding).parse()


def nom_avec_chemin(fichier: UploadedFile[Any]) -> bool:
    """Whether the name that was sent with a file held a path."""
    return CHEMIN in (fichier.content_type_extra or {})
