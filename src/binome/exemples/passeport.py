"""The passeport of the made-up world: settings « d'essai », civil statuses, and lots of whatever parchemins are there, in every state."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.accrochage.accuse import Accuse, PassageRefuse
from binome.accrochage.motifs import conduite
from binome.comptes.acteur import Acteur
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.parcours.etats import EtatDeParcours
from binome.parcours.models import Parcours
from binome.passeport.accuses import appliquer
from binome.passeport.etats import ActionDeclaree
from binome.passeport.fiches import depart, enregistrer, fiche_de, lire_la_fiche
from binome.passeport.lots import deposer, preparer
from binome.passeport.models import PassageADeclarer, ReglagesDuPasseport
from binome.passeport.reglages import choisir_le_schema, regler

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

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
PAR_LOT: Final = 12
"""Certified people of each of the two lots; a third of them where they are many."""
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
    """A lot answered, with one known refusal and one unknown; a lot to deposit; the rest ready, or waiting for somebody."""
    tous = PassageADeclarer.objects.filter(titre__emetteur=scene.branche)
    dossiers = [
        un.titre.parcours.dossier
        for un in tous.select_related("titre__parcours__dossier__organisme").order_by("pk")
    ]
    lot = max(PAR_LOT, len(dossiers) // 3)
    premiers, suivants, autres = dossiers[:lot], dossiers[lot : 2 * lot], dossiers[2 * lot :]
    if sum(_completer(jury, un, hasard) for un in premiers):
        _repondre(scene, jury)
    if sum(_completer(jury, un, hasard) for un in suivants):
        preparer(jury, scene.branche, ActionDeclaree.CREATION)
    for rang, un in enumerate(autres):
        if rang % 3:
            _completer(jury, un, hasard)


def _repondre(scene: Scene, jury: Acteur) -> None:
    lot = preparer(jury, scene.branche, ActionDeclaree.CREATION)
    deposer(jury, lot, version=lot.version, le=timezone.localdate().isoformat())
    numeros = [
        str(un) for un in lot.lignes.order_by("pk").values_list("passage__id_technique", flat=True)
    ]
    refuses = tuple(
        PassageRefuse(numero, motif, conduite(motif))
        for numero, motif in zip(numeros, REFUS, strict=False)
    )
    accuse = Accuse(lot.nom, tuple(numeros[len(refuses) :]), refuses, None)
    appliquer(jury, lot, accuse, b"<rapport>Accuse d'exemple.</rapport>")


CHAPITRE: Final = Chapitre("passeport", _verifier, _ecrire)
