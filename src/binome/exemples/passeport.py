"""The passeport of the made-up world: settings « d'essai », civil statuses, and lots of whatever parchemins are there, in every state."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.accrochage.accuse import Accuse, ErreurDeFichier, PassageRefuse
from binome.accrochage.motifs import conduite
from binome.comptes.acteur import Acteur
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.services import faire
from binome.parcours.etats import EtatDeParcours
from binome.parcours.models import Parcours
from binome.passeport.accuses import appliquer
from binome.passeport.etats import ActionDeclaree, EtatDeDeclaration
from binome.passeport.fiches import depart, enregistrer, fiche_de, lire_la_fiche
from binome.passeport.flows import PASSAGES
from binome.passeport.lots import a_declarer, deposer, preparer
from binome.passeport.models import PassageADeclarer, ReglagesDuPasseport
from binome.passeport.reglages import choisir_le_schema, regler
from binome.titres.etats import MotifDeRetrait
from binome.titres.flows import TITRES

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu
    from binome.passeport.models import LotDePassages

SCHEMA: Final = Path(__file__).with_name("schema-d-essai-1.1.2.xsd")
"""Written again from the facts of the schema, for the demonstration alone: no official file."""
NUMEROS: Final = {
    "id_client": "ESSAI000",
    "certificateur": "ESSAI000",
    "contrat": "ESSAI",
    "essai": True,
}
COMPLETES: Final = 12
"""Civil statuses of people in training that the world holds."""
PARTS: Final = (5, 1, 2, 2)
"""Of twelve certified people, those of each lot: one that was answered, one whose file was rejected, one that waits, one to deposit."""
SUR: Final = 12
DU_FICHIER: Final = ErreurDeFichier("XSD", "Phrase d’exemple d’un fichier rejeté", 1, 1)
REFUS: Final = (
    "Aucun titulaire ne correspond aux critères obligatoires enrichis du jour et du mois de naissance",
    "Phrase d’exemple, que personne n’a jamais reçue",
)
"""The first two of the lot that was answered: a sentence that is known, and one that is not."""


def _verifier() -> None:
    if ReglagesDuPasseport.objects.exists():
        raise DejaServie(
            "La base a déjà des réglages du passeport : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    jury, gere = Acteur(scene.personnes["jury"]), Acteur(scene.personnes["gestionnaire"])
    regler(scene.branche, jury, NUMEROS)
    choisir_le_schema(scene.branche, jury, SCHEMA.read_bytes(), SCHEMA.name, voulu.jour)
    hasard = Random(voulu.graine)  # noqa: S311 - a made-up world, not a secret
    en_formation = Parcours.objects.filter(
        organisme=scene.organismes[0], etat=EtatDeParcours.OUVERT
    ).select_related("dossier__organisme")
    # One of three waits: its page shows what is missing.
    for rang, parcours in enumerate(en_formation.order_by("pk")[:COMPLETES]):
        if rang % 3:
            _completer(gere, parcours.dossier, hasard)
    _declarer(scene, jury, hasard)


def _completer(par: Acteur, dossier: Dossier, hasard: Random) -> bool:
    """A civil status out of what the dossier says, at a made-up place; False where it does not say enough."""
    if fiche_de(dossier) is not None:
        return True
    dites = {
        **depart(dossier, None),
        "sexe": hasard.choice("FM"),
        "insee": "40088",
        "commune": "Commune d’exemple",
    }
    lue = lire_la_fiche(dites, avec_nir=False)
    if lue.fautes:
        return False
    enregistrer(par, dossier, lue, version=None)
    return True


def _declarer(scene: Scene, jury: Acteur, hasard: Random) -> None:
    """A lot in each state, the first answered with one known refusal and one unknown; the rest ready, or waiting for somebody."""
    tous = PassageADeclarer.objects.filter(titre__emetteur=scene.branche)
    dossiers = [
        un.titre.parcours.dossier
        for un in tous.select_related("titre__parcours__dossier__organisme").order_by("pk")
    ]
    debut = 0
    for part, suite in zip(PARTS, (_repondre, _rejeter, _deposer, preparer_le_lot), strict=True):
        siens = dossiers[debut : debut + max(1, part * len(dossiers) // SUR)]
        debut += len(siens)
        for un in siens:
            _completer(jury, un, hasard)
        if a_declarer(scene.branche.pk, ActionDeclaree.CREATION).exists():
            suite(scene, jury)
    for rang, un in enumerate(dossiers[debut:]):
        if rang % 3 == 0:
            _completer(jury, un, hasard)
    _declarer_de_nouveau(scene, jury)
    _retirer_des_acceptes(scene, jury)


def preparer_le_lot(scene: Scene, jury: Acteur) -> LotDePassages:
    """A lot of all that is ready."""
    return preparer(jury, scene.branche, ActionDeclaree.CREATION)


def _deposer(scene: Scene, jury: Acteur) -> LotDePassages:
    lot = preparer_le_lot(scene, jury)
    return deposer(jury, lot, version=lot.version, le=timezone.localdate().isoformat())


def _repondre(scene: Scene, jury: Acteur) -> None:
    """The first two refused, the others accepted."""
    lot = _deposer(scene, jury)
    numeros = [
        str(un) for un in lot.lignes.order_by("pk").values_list("passage__id_technique", flat=True)
    ]
    refuses = tuple(
        PassageRefuse(numero, motif, conduite(motif))
        for numero, motif in zip(numeros, REFUS, strict=False)
    )
    accuse = Accuse(lot.nom, tuple(numeros[len(refuses) :]), refuses, None)
    appliquer(jury, lot, accuse, b"<rapport>Accuse d'exemple.</rapport>")


def _rejeter(scene: Scene, jury: Acteur) -> None:
    """The whole file refused."""
    lot = _deposer(scene, jury)
    accuse = Accuse(lot.nom, (), (), (DU_FICHIER,))
    appliquer(jury, lot, accuse, b"<rapport>Rejet d'exemple.</rapport>")


def _declarer_de_nouveau(scene: Scene, jury: Acteur) -> None:
    """One of a rejected file corrected, where others stay as they are."""
    rejetees = PassageADeclarer.objects.filter(
        titre__emetteur=scene.branche, etat=EtatDeDeclaration.REJETEE
    )
    un = rejetees.order_by("-pk").first()
    if un is not None and rejetees.count() > 1:
        faire(PASSAGES, "corriger", un, jury, version=un.version)


def _retirer_des_acceptes(scene: Scene, jury: Acteur) -> None:
    """Titles withdrawn once their declarations were accepted: one is to be deleted; among many, another was."""
    acceptees = PassageADeclarer.objects.filter(
        titre__emetteur=scene.branche, etat=EtatDeDeclaration.ACCEPTEE
    ).select_related("titre__parcours__dossier")
    combien = acceptees.count()
    voulus = 0 if combien < 2 else 1 if combien < 4 else 2
    for rang, un in enumerate(acceptees.order_by("-pk")[:voulus]):
        donnees = {
            "motif_du_retrait": str(MotifDeRetrait.ERREUR),
            "raison": "Exemple : ce titre n’aurait pas dû être délivré.",
        }
        faire(TITRES, "revoquer", un.titre, jury, version=un.titre.version, donnees=donnees)
        if rang:
            un.refresh_from_db()
            le = {"le": timezone.localdate().isoformat()}
            faire(PASSAGES, "supprimer", un, jury, version=un.version, donnees=le)


CHAPITRE: Final = Chapitre("passeport", _verifier, _ecrire)
