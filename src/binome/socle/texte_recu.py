"""What a request may hold: text that can be seen, kept, and shown again. For every address at once.

A NUL can be kept in no database: the request that holds one is refused in words. What hides or turns a text
(U+202E makes « fdp.exe » of « exe.pdf ») is taken out of the fields of forms and of the names of files, but
for secrets, which are nobody's to change.
"""

from __future__ import annotations

from types import MethodType
from typing import TYPE_CHECKING, Final

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict

from binome.regles.calendrier import nombre_en_clair
from binome.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

NUL: Final = "\x00"
SECRETS: Final = ("passe", "password", "code", "credential", "csrf")
"""Parts of the names of the fields that are left as they came."""


class DemandeIllisible(SuspiciousOperation):
    """A request that is refused as it is written; its message is for the person."""


def trop_long(texte: str, au_plus: int) -> str:
    """What to say of a text beyond its bound, in characters; empty within it. A text is never cut instead."""
    if len(texte) <= au_plus:
        return ""
    return (
        f"Ce texte a {nombre_en_clair(len(texte))} caractères, il en faut {nombre_en_clair(au_plus)} au plus. "
        "Raccourcissez-le : rien n’est enregistré."
    )


def _refuser(ou: str) -> None:
    raise DemandeIllisible(
        f"{ou} contient un caractère qui ne s’écrit pas. Effacez-le, puis recommencez."
    )


class TexteRecuMiddleware:
    """Before anything reads the request; what it refuses is a 400."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Looks at the address and the cookies, and at the form when it is read."""
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            _refuser("L’adresse")
        if any(NUL in valeur for valeur in request.COOKIES.values()):
            _refuser("Un cookie")
        _voir_l_adresse(request)
        request._load_post_and_files = MethodType(_lire, request)  # type: ignore[method-assign] # what Django keeps of a form, which no stub tells
        return self._suite(request)


def _propre(valeur: str) -> str:
    """A text that can be seen; its lines end as ours do, for a browser ends them with two characters."""
    return visible(valeur).replace("\r\n", "\n").replace("\r", "\n")


def _voir_l_adresse(request: HttpRequest) -> None:
    """What an address holds is typed too: the simulator's answers, and the words of a search."""
    if "%" not in request.META.get("QUERY_STRING", ""):
        return
    propre = request.GET.copy()
    for nom, valeurs in request.GET.lists():
        propre.setlist(nom, [visible(valeur) for valeur in valeurs])
    propre._mutable = False
    request.GET = propre  # type: ignore[assignment] # what Django keeps of a form, which no stub tells


def _lire(request: HttpRequest) -> None:
    """Reads the form as the framework does, then makes its text visible. Raises DemandeIllisible."""
    HttpRequest._load_post_and_files(request)
    envoye: QueryDict = request._post  # type: ignore[attr-defined] # what Django keeps of a form, which no stub tells
    fichiers = request._files  # type: ignore[attr-defined] # what Django keeps of a form, which no stub tells
    propre = QueryDict(mutable=True, encoding=envoye.encoding)
    for nom, valeurs in envoye.lists():
        if any(NUL in valeur for valeur in (nom, *valeurs)):
            request._mark_post_parse_error()  # type: ignore[attr-defined] # what Django keeps of a form, which no stub tells
            _refuser("Ce formulaire")
        secret = any(partie in nom for partie in SECRETS)
        propre.setlist(nom, valeurs if secret else [_propre(valeur) for valeur in valeurs])
    propre._mutable = False
    request._post = propre  # type: ignore[attr-defined] # what Django keeps of a form, which no stub tells
    for _, recus in fichiers.lists():
        for fichier in recus:
            if fichier.name is not None:
                fichier.name = visible(fichier.name) or "fichier"
