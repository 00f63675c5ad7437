"""The query string, read strictly: an unknown, repeated or misspelt parameter is told, not ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.api.problemes import Probleme
from binome.regles.courante import base_courante, certifications, reformes, variantes_melees
from binome.regles.faits import Erreur, lire_valeur, plus_proche

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest

    from binome.regles.base import Base

LONGUEUR: Final = 200
"""More characters than any parameter needs."""
OUI: Final = {"1": True, "true": True, "oui": True, "0": False, "false": False, "non": False}


class Parametres:
    """The parameters of one request, among those that its operation knows."""

    def __init__(self, request: HttpRequest, *connus: str, repetables: Iterable[str] = ()) -> None:
        self._lus: dict[str, list[str]] = {nom: list(v) for nom, v in request.GET.lists()}
        self._remonte: date | None = getattr(request, "au", None)
        self._erreurs: list[Erreur] = []
        repetables = tuple(repetables)
        tous = [*connus, *repetables]
        for nom, valeurs in self._lus.items():
            montree = valeurs[0][:40] if valeurs else ""
            if nom not in tous:
                raison = f"ce paramètre n’existe pas{plus_proche(nom, tous)}"
                self._erreurs.append(Erreur(nom[:40], montree, raison))
            elif len(valeurs) > 1 and nom not in repetables:
                self._erreurs.append(Erreur(nom, montree, "ce paramètre est donné deux fois"))
            elif any(len(valeur) > LONGUEUR for valeur in valeurs):
                self._refuser(nom, montree, f"au plus {LONGUEUR} caractères")

    def _refuser(self, nom: str, valeur: str, raison: str) -> None:
        self._erreurs.append(Erreur(nom, valeur[:40], raison))

    def entier(self, nom: str, *, maximum: int) -> int:
        """A number, 0 or more; 0 when not given."""
        if nom not in self._lus:
            return 0
        valeur = self._lus[nom][0]
        if not (valeur.isascii() and valeur.isdecimal() and int(valeur[:20]) <= maximum):
            self._refuser(nom, valeur, f"attendu : un nombre entier, de 0 à {maximum}")
            return 0
        return int(valeur)

    def texte(self, nom: str) -> str:
        """The text, or nothing."""
        return self._lus.get(nom, [""])[0].strip()

    def code(self, nom: str, permis: Iterable[str]) -> str | None:
        """One of the permitted codes, or None when not given."""
        if nom not in self._lus:
            return None
        valeur, permis = self._lus[nom][0], list(permis)
        if valeur not in permis:
            attendu = f"attendu : {', '.join(permis)}" if len(permis) < 25 else "code inconnu"
            self._refuser(nom, valeur, f"{attendu}{plus_proche(valeur, permis)}")
            return None
        return valeur

    def oui(self, nom: str) -> bool:
        """Whether a switch is on; off when not given."""
        if nom not in self._lus:
            return False
        valeur = self._lus[nom][0]
        if valeur not in OUI:
            self._refuser(nom, valeur, "attendu : true ou false")
        return OUI.get(valeur, False)

    def jour(self, nom: str) -> date | None:
        """A day; when not given, the one of the time machine, or None."""
        if nom not in self._lus:
            return self._remonte
        valeur = self._lus[nom][0]
        try:
            lue = lire_valeur(base_courante().faits["date_entree"], valeur)
        except ValueError as refus:
            self._refuser(nom, valeur, str(refus))
            return None
        return lue  # type: ignore[return-value]  # the fact is a date

    def plusieurs(self, nom: str, permis: Iterable[str]) -> tuple[str, ...]:
        """Several of the permitted codes, each once; none when not given."""
        valeurs, permis = self._lus.get(nom, []), list(permis)
        for valeur in valeurs:
            if valeur not in permis:
                attendu = f"attendu : {', '.join(permis)}"
                self._refuser(nom, valeur, f"{attendu}{plus_proche(valeur, permis)}")
        if len(set(valeurs)) < len(valeurs):
            self._refuser(nom, valeurs[0], "la même valeur est donnée deux fois")
        return tuple(valeurs)

    def certification(self) -> str:
        """The certification asked for; the one by default when none is, or when it does not exist."""
        return self.code("certification", certifications()) or next(iter(certifications()))

    def reformes(self, certification: str = "") -> tuple[str, ...]:
        """The overlays of a certification that are asked for, in their order."""
        noms, connues = self._lus.get("reforme", []), reformes(certification)
        for nom in noms:
            if nom not in connues:
                attendu = f"attendu : {', '.join(connues) or 'aucune'}"
                self._refuser("reforme", nom, f"{attendu}{plus_proche(nom, connues)}")
        if len(set(noms)) < len(noms):
            self._refuser("reforme", noms[0], "la même réforme est donnée deux fois")
        if melees := variantes_melees(noms, certification):
            self._refuser("reforme", noms[-1], melees)
        return tuple(noms)

    def verifier(self) -> None:
        """Ends the reading. Raises Probleme with every mistake met."""
        if self._erreurs:
            detail = " ; ".join(erreur.en_clair() for erreur in self._erreurs)
            raise Probleme("parametre_invalide", f"{detail}.", self._erreurs)


def base_des_reformes(noms: tuple[str, ...], certification: str = "") -> Base:
    """The base of a certification with overlays that exist, each once: few combinations, all kept."""
    return base_courante(*noms, certification=certification)
