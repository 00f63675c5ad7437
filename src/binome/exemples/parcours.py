"""The paths of the made-up world: those that its notified decisions open, and a few whose decision was taken elsewhere."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from binome.comptes.acteur import Acteur
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX as DOSSIER
from binome.dossiers.gardes import complet
from binome.dossiers.models import Decision, Dossier, Piece
from binome.dossiers.natures import LE_DOSSIER
from binome.dossiers.rayons import PIECES
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.exemples.dossiers.pieces import document
from binome.gestes.services import faire
from binome.parcours.etats import Statut
from binome.parcours.lettre import LettreLue, ModuleLu
from binome.parcours.models import Parcours
from binome.parcours.ouverture import donne_un_parcours, ouvrir
from binome.regles.courante import code_par_defaut
from binome.sessions.programme import en_vigueur

if TYPE_CHECKING:
    from datetime import date

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu
    from binome.regles.referentiels import Referentiel

TRANCHE: Final = 500
VOIE: Final = "cqp"
ANCIENNE: Final = timedelta(days=40)
"""How long before the day of the world the made-up letters are."""


def _verifier() -> None:
    if Parcours.objects.exists():
        raise DejaServie(
            "La base a déjà des parcours : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    notifiees = (
        Decision.objects.filter(
            notifiee_le__isnull=False, annulee_le__isnull=True, dossier__anonyme_le__isnull=True
        )
        .select_related("dossier__organisme")
        .order_by("pk")
    )
    numeros = list(notifiees.values_list("pk", flat=True))
    for debut in range(0, len(numeros), TRANCHE):
        tranche = notifiees.filter(pk__in=numeros[debut : debut + TRANCHE])
        ouvrir(une for une in tranche if donne_un_parcours(une))
    _d_ailleurs(scene, voulu)


def _d_ailleurs(scene: Scene, voulu: Voulu) -> None:
    """The letters of a few drafts of the first organisation, copied: what is said of each is made up."""
    referentiel = en_vigueur(voulu.jour)
    if referentiel is None:
        return
    acteur = Acteur(scene.personnes["gestionnaire"])
    brouillons = Dossier.objects.filter(
        organisme=scene.organismes[0], etat=Etat.BROUILLON, certification=code_par_defaut()
    )
    entiers = (un for un in brouillons.order_by("pk") if complet(un) is None)
    for dossier in islice(entiers, 1 + voulu.taille // 100):
        _joindre_la_lettre(dossier, acteur)
        donnees = {"lettre": _lettre(referentiel, voulu.jour - ANCIENNE)}
        faire(DOSSIER, "accueillir", dossier, acteur, version=dossier.version, donnees=donnees)


def _joindre_la_lettre(dossier: Dossier, acteur: Acteur) -> None:
    contenu = document(LE_DOSSIER)
    tirage = hashlib.sha256(f"{dossier.reference}/{LE_DOSSIER}".encode()).hexdigest()[:40]
    nom = f"{PIECES.nom}/{tirage}.pdf"
    chemin = PIECES.chemin_de(nom)
    chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    chemin.write_bytes(contenu.octets)
    piece = Piece(
        dossier=dossier,
        nature=LE_DOSSIER,
        nom="exemple-lettre.pdf",
        fichier=nom,
        type="application/pdf",
        octets=len(contenu.octets),
        pages=1,
        empreinte=contenu.empreinte,
        deposee_par=acteur.personne,
    )
    faire(DOSSIER, "joindre", dossier, acteur, version=dossier.version, donnees={"piece": piece})


def _lettre(referentiel: Referentiel, le: date) -> LettreLue:
    """One module exempted, the others to follow."""
    modules = tuple(
        ModuleLu(
            un.code, un.bloc, un.intitule, un.minutes, Statut.A_SUIVRE if rang else Statut.DISPENSE
        )
        for rang, un in enumerate(referentiel.modules)
    )
    return LettreLue(le, VOIE, referentiel.id, modules, referentiel.evaluations)


CHAPITRE: Final = Chapitre("parcours", _verifier, _ecrire)
