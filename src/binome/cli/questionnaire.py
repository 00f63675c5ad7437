"""The questions, one at a time: only those that still matter, with the answer as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from binome.cli.affichage import DISCRET, console
from binome.regles.dire import CENTS
from binome.regles.faits import lire_texte, lire_valeur, verifier_coherences

if TYPE_CHECKING:
    from rich.console import Console

    from binome.cli.question import Reponse, Service
    from binome.regles.base import Base
    from binome.regles.faits import DefinitionDeFait, Dossier, Valeur

RETOUR = "retour"
FIN = "fin"
IGNORE = frozenset({"", "?", "je ne sais pas", "nsp"})


def _choix(fait: DefinitionDeFait) -> list[str]:
    return list(fait.valeurs)


def _traduire(fait: DefinitionDeFait, texte: str) -> str:
    """Numbers typed for choices become their codes."""
    codes = _choix(fait)
    if not codes:
        return texte
    morceaux = (
        texte.replace(",", ";").replace(" ", ";").split(";") if fait.type == "liste" else [texte]
    )
    if fait.type == "liste" and texte.strip() == "0":
        return "aucun"
    traduits = [
        codes[int(m) - 1] if m.strip().isdigit() and 1 <= int(m) <= len(codes) else m.strip()
        for m in morceaux
        if m.strip()
    ]
    return ";".join(traduits)


def _poser(fait: DefinitionDeFait, sortie: Console) -> str:
    sortie.print()
    sortie.print(Text(fait.question, style="bold"))
    if fait.aide:
        sortie.print(Text(fait.aide, style=DISCRET))
    if fait.type == "liste":
        sortie.print("   0. aucun")
    for rang, code in enumerate(_choix(fait), start=1):
        sortie.print(f"  {rang:2d}. {fait.valeurs[code]}")
    indices = {
        "date": "jour/mois/année",
        "entier": "euros" if fait.unite == CENTS else fait.unite or "nombre",
        "decimal": fait.unite or "nombre",
        "booleen": "oui ou non",
        "choix": "un numéro",
        "liste": "un ou plusieurs numéros",
    }
    invite = f"{indices[fait.type]} (Entrée : je ne sais pas ; « {RETOUR} » ; « {FIN} »)"
    reponse: str = click.prompt(
        invite, default="", show_default=False, prompt_suffix=" > ", err=True
    )
    return reponse.strip()


def _lire(fait: DefinitionDeFait, texte: str, dossier: Dossier, base: Base) -> Valeur | None:
    """The value typed, checked alone and against the other dates. Raises ValueError."""
    brut = lire_texte(fait, _traduire(fait, texte))
    if fait.unite == CENTS and isinstance(brut, int):
        brut *= 100
    valeur = lire_valeur(fait, brut)
    erreurs = verifier_coherences({**dossier, fait.nom: valeur}, base.coherences)
    if erreurs:
        raise ValueError(erreurs[0].raison)
    return valeur


def questionner(base: Base, service: Service) -> Reponse:
    """Asks until nothing that is left could change the answer of a service, then gives it."""
    sortie = console(erreur=True)
    dossier: Dossier = base.lire({})
    posees: list[str] = []
    sautees: set[str] = set()
    while True:
        reponse: Reponse = service.repondre(base, dossier)
        suivantes = [nom for nom in reponse.manquants if nom not in sautees]
        if not suivantes:
            return reponse
        if posees:
            sortie.print(Text(service.resumer(reponse), style=DISCRET))
        fait = base.faits[suivantes[0]]
        texte = _poser(fait, sortie)
        if texte.casefold() == FIN:
            return reponse
        if texte.casefold() == RETOUR:
            if posees:
                derniere = posees.pop()
                dossier = base.completer({**dossier, derniere: None})
                sautees.discard(derniere)
            continue
        if texte.casefold() in IGNORE:
            sautees.add(fait.nom)
            posees.append(fait.nom)
            continue
        try:
            change = {**dossier, fait.nom: _lire(fait, texte, dossier, base)}
            dossier = base.completer(change)
        except ValueError as refus:
            sortie.print(Text(f"{refus}.", style="red"))
            continue
        posees.append(fait.nom)
