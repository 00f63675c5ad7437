"""A whole file handed to who may read it, that no cache keeps."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

PDF: Final = "application/pdf"


def en_fichier(
    contenu: bytes | str, nom: str, sorte: str = PDF, *, sur_place: bool = False
) -> HttpResponse:
    """The file under its name, to keep; `sur_place`, to read where one stands."""
    comment = "inline" if sur_place else "attachment"
    return HttpResponse(
        contenu,
        content_type=sorte,
        headers={
            "Content-Disposition": f'{comment}; filename="{nom}"',
            "Cache-Control": "private, no-store",
        },
    )
