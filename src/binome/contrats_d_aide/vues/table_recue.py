"""A table of contracts that comes in: read apart, good rows made, the others mended where they are shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.contrats_d_aide.colonnes_d_un_contrat import COLONNES, ColonneDeContrat
from binome.contrats_d_aide.importer import BilanDeTable, importer_des_contrats
from binome.contrats_d_aide.lire_une_table import lire_une_ligne
from binome.contrats_d_aide.permissions import caisses
from binome.contrats_d_aide.vues.caisse import caisse_de
from binome.echanges.entetes import ColonnesInconnues
from binome.echanges.modele import classeur_modele
from binome.echanges.recu import SORTES, Recu
from binome.lots.erreurs import TravailImpossible
from binome.lots.masques import RangMasque, en_liste
from binome.socle.transit import dossier_en_transit
from binome.typographie import compter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from binome.comptes.models import Organisation
    from binome.contrats_d_aide.lire_une_table import LigneDeContrat

LIGNES: Final = 500
"""Rows of one table: what is made while somebody waits."""
MONTREES: Final = 40
"""Rows that a page gives to mend, at most."""
CHAMPS: Final = 150
"""Fields of that form, at most: the house takes two hundred of one form, and refuses more."""
NOMMEES: Final = 12
"""Unknown headings that are named."""
LONGUEUR: Final = 40
CLASSEUR: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIDE: Final = ("Cellule vide", "Elle ne dit rien : ce qui est inconnu reste inconnu.")
OCCUPE: Final = "D’autres fichiers sont en cours de lecture : renvoyez le vôtre dans un instant."


class LignesCachees(TravailImpossible):
    """The sheet hides rows, and nobody said whether they are to be read."""


@dataclass(frozen=True)
class CelluleDeContrat:
    """A cell of a row to be mended; `raison` is empty for one that was read."""

    colonne: ColonneDeContrat
    champ: str
    valeur: str
    raison: str


@dataclass(frozen=True)
class ContratAMender:
    """A row as the page gives it back: the cells that are wrong, and the row itself, that goes along in one field."""

    numero: int
    qui: str
    fautes: list[CelluleDeContrat]
    ligne: str


def _la_caisse(request: HttpRequest) -> Organisation:
    """The caisse that a person writes for. Raises PermissionDenied."""
    acteur = acteur_de(request)
    caisse = caisse_de(acteur)
    if caisse.pk not in caisses(acteur):
        raise PermissionDenied("Vous regardez à la place d’une personne : rien ne se change.")
    return caisse


def _page(
    request: HttpRequest, bilan: BilanDeTable | None = None, refus: Iterable[str] = (), *, cachees: bool = False, status: int = 200
) -> HttpResponse:  # fmt: skip
    a_mender = [] if bilan is None else bilan.a_mender
    montrees = _montrees(a_mender)
    contexte = {
        "refus": list(refus),
        "cachees": cachees,
        "bilan": bilan,
        "lignes": montrees,
        "reste": len(a_mender) - len(montrees),
        "combien": len(a_mender),
        "sortes": ",".join(SORTES),
        "au_plus": LIGNES,
    }
    return render(request, "contrats_d_aide/importer.html", contexte, status=status)


def _montrees(a_mender: Iterable[LigneDeContrat]) -> list[ContratAMender]:
    """The first rows that one form holds; one at least, whatever is wrong in it."""
    montrees: list[ContratAMender] = []
    champs = 0
    for ligne in a_mender:
        une = _a_mender(ligne)
        champs += 1 + len(une.fautes)
        if len(montrees) == MONTREES or champs > CHAMPS:
            break
        montrees.append(une)
    return montrees


def _a_mender(ligne: LigneDeContrat) -> ContratAMender:
    raisons: dict[str, str] = {}
    for une in ligne.erreurs:
        raisons.setdefault(une.cle, une.raison)
    cellules = [
        CelluleDeContrat(colonne, f"l{ligne.numero}-{nom}", ligne.cellules.get(nom, ""), raisons.get(nom, ""))
        for nom, colonne in COLONNES.par_nom.items() if nom in raisons
    ]  # fmt: skip
    gardees = {nom: ligne.cellules[nom] for nom in COLONNES.par_nom if nom not in raisons and ligne.cellules.get(nom)}  # fmt: skip
    return ContratAMender(
        ligne.numero, ligne.qui, cellules, json.dumps([ligne.numero, gardees], ensure_ascii=False)
    )


def _ligne_corrigee(recue: str, request: HttpRequest) -> LigneDeContrat | None:
    """A row out of the field that carried it, its wrong cells as they were mended; None for a field that is not one of ours."""
    try:
        lue = json.loads(recue)
    except ValueError:
        return None
    match lue:
        case [int(numero), dict(gardees)] if 0 < numero < 1_000_000:
            cellules = {
                nom: gardees[nom] for nom in COLONNES.par_nom if isinstance(gardees.get(nom), str)
            }
            for nom in COLONNES.par_nom:
                if dit := request.POST.get(f"l{numero}-{nom}"):
                    cellules[nom] = dit.strip()
            return lire_une_ligne(numero, cellules)
        case _:
            return None


@require_http_methods(["GET", "HEAD", "POST"])
def importer(request: HttpRequest) -> HttpResponse:
    """The form that sends a table, and what became of it. Raises PermissionDenied."""
    caisse = _la_caisse(request)
    if request.method != "POST":
        return _page(request)
    fichier = request.FILES.get("fichier")
    if fichier is None:
        return _page(request, refus=["Choisissez un fichier."], status=422)
    try:
        lignes = _lire(request, fichier)
    except LignesCachees as refus:
        return _page(request, refus=refus.lignes, cachees=True, status=422)
    except ColonnesInconnues as refus:
        return _page(request, refus=[_inconnues(refus)], status=422)
    except TravailImpossible as refus:
        return _page(request, refus=refus.lignes, status=422)
    except CloisonPleine:
        return _page(request, refus=[OCCUPE], status=503)
    return _faire(request, caisse, lignes)


def _inconnues(refus: ColonnesInconnues) -> str:
    """The headings that nobody knows: this page does not ask what they hold, the template says how each is called."""
    noms = [f"« {une.titre[:LONGUEUR]} »" for une in refus.colonnes]
    suite = f" et {len(noms) - NOMMEES} autres" if len(noms) > NOMMEES else ""
    return (
        f"Votre fichier : ces colonnes ne sont pas connues : {', '.join(noms[:NOMMEES])}{suite}. Nommez-les comme dans "
        "le modèle, ou ôtez-les, puis renvoyez le fichier."
    )


@require_POST
def mender(request: HttpRequest) -> HttpResponse:
    """Rows that were mended in the page. Raises PermissionDenied."""
    caisse = _la_caisse(request)
    recues = (_ligne_corrigee(un, request) for un in request.POST.getlist("ligne")[:MONTREES])
    lignes = list({une.numero: une for une in recues if une is not None}.values())
    if not lignes:
        return _page(
            request, refus=["Aucune ligne n’est arrivée : renvoyez votre fichier."], status=422
        )
    return _faire(request, caisse, lignes)


def _faire(
    request: HttpRequest, caisse: Organisation, lignes: list[LigneDeContrat]
) -> HttpResponse:
    bilan = importer_des_contrats(caisse, acteur_de(request), lignes)
    if bilan.a_mender:
        return _page(request, bilan, status=422)
    dits = [f"{compter(bilan.faites, 'contrat écrit', 'contrats écrits')}."]
    if bilan.connues:
        dits.append(f"{compter(bilan.connues, 'était déjà là', 'étaient déjà là')}.")
    messages.success(request, " ".join(dits))
    return redirect("contrats-de-la-caisse")


def _lire(request: HttpRequest, fichier: UploadedFile[Any]) -> list[LigneDeContrat]:
    """The rows of a table, its file gone once read. Raises TravailImpossible, LignesCachees, CloisonPleine."""
    sorte = Path(str(fichier.name)).suffix.lower()
    avis: list[str] = []
    choix = request.POST.get("cachees", "")
    with dossier_en_transit() as dossier:
        chemin = dossier / f"recu{sorte if sorte in SORTES else '.autre'}"
        with chemin.open("wb") as sortie:
            for morceau in fichier.chunks():
                sortie.write(morceau)
        lignes: list[LigneDeContrat] = []
        cachees: list[int] = []
        for numero, cellules in Recu(chemin, COLONNES, avis.append):
            if isinstance(numero, RangMasque) and choix != "prendre":
                cachees.append(int(numero))
                continue
            if len(lignes) >= LIGNES:
                raise TravailImpossible(
                    f"Votre fichier : plus de {LIGNES} lignes. Coupez-le en plusieurs."
                )
            lignes.append(lire_une_ligne(int(numero), cellules))
    if cachees and choix != "laisser":
        combien = "une ligne" if len(cachees) == 1 else f"{len(cachees)} lignes"
        raise LignesCachees(
            f"Votre fichier masque {combien}, à la main ou par un filtre ({en_liste(cachees)}). Dites ce qu’il "
            "faut en faire, puis envoyez-le de nouveau."
        )
    if not lignes:
        raise TravailImpossible("Votre fichier : aucune ligne sous l’en-tête.")
    for phrase in avis:
        messages.info(request, phrase)
    return lignes


@require_safe
def modele(request: HttpRequest) -> HttpResponse:
    """The template to fill in. Raises PermissionDenied."""
    caisse_de(acteur_de(request))
    return HttpResponse(
        classeur_modele(COLONNES, "Contrats", VIDE), content_type=CLASSEUR,
        headers={"Content-Disposition": 'attachment; filename="binome-contrats-d-aide.xlsx"'},
    )  # fmt: skip
