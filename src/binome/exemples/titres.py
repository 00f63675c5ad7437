"""The titles of the made-up world: trial mentions, the parchemins of its closed juries, one of them withdrawn, the blocs of who was
adjourned, a FAE attested."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.comptes.acteur import Acteur
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.services import faire
from binome.jurys.etats import EtatDeJury
from binome.jurys.models import Jury
from binome.parcours.etats import EtatDeParcours
from binome.parcours.models import Parcours
from binome.titres.delivrance import delivrer_au_jury, delivrer_tous
from binome.titres.etats import MotifDeRetrait, NatureDeTitre
from binome.titres.flows import TITRES
from binome.titres.mentions import a_donner, ce_que_disent_les_sources, donner
from binome.titres.models import Titre
from binome.titres.preparation import nature_du_parcours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

ESSAI: Final = {
    "certificateur": "Certificateur d’essai",
    "niveau_europeen": "d’essai",
    "lieu": "Ville d’essai",
    "signataire": "Signataire d’essai",
    "qualite": "Présidence d’essai",
}
DECISION: Final = date(2026, 1, 2)
"""A made-up day: no source gives that of the real decision, and every paper says that it is a specimen."""
PARTIELS: Final = 6
"""Attestations of the blocs held by who was adjourned, at most."""
UN_SUR: Final = 40
ATTESTES: Final = 2
"""Attestations of FAE, at most: their holders leave the list of those who still follow something."""


def _verifier() -> None:
    if Titre.objects.exists():
        raise DejaServie(
            "La base a déjà des titres : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, _: Voulu) -> None:
    jury, gestion = (Acteur(scene.personnes[un]) for un in ("jury", "gestionnaire"))
    for rncp in a_donner(scene.branche):
        textes = {**ce_que_disent_les_sources(rncp), **ESSAI}
        donner(scene.branche, rncp, jury, textes, DECISION, essai=True)
    donner(scene.organismes[0], "", gestion, ESSAI, essai=True)
    clos = Jury.objects.filter(branche=scene.branche, etat=EtatDeJury.CLOS)
    faites = [delivrer_au_jury(un, jury) for un in clos.order_by("jour", "pk")]
    _retirer([titre for une in faites for titre in une.titres], jury)
    ajournes = [parcours for une in faites for parcours, _ in une.laisses]
    delivrer_tous(ajournes[:PARTIELS], jury, nature=NatureDeTitre.BLOCS)
    ouverts = Parcours.objects.filter(
        organisme=scene.organismes[0], etat=EtatDeParcours.OUVERT
    ).select_related("dossier__branche", "organisme")
    adaptations = [
        un for un in ouverts.order_by("pk") if nature_du_parcours(un) == NatureDeTitre.FAE
    ]
    delivrer_tous(adaptations[:ATTESTES], gestion, nature=NatureDeTitre.FAE)


def _retirer(titres: Sequence[Titre], jury: Acteur) -> None:
    """One of several is withdrawn, so that the public page shows what that is; of many, one in forty."""
    if len(titres) < 3:
        return
    for titre in titres[::-UN_SUR]:
        donnees = {
            "motif_du_retrait": str(MotifDeRetrait.IDENTITE),
            "raison": "Exemple : le nom imprimé n’était pas le bon.",
        }
        faire(TITRES, "revoquer", titre, jury, version=titre.version, donnees=donnees)


CHAPITRE: Final = Chapitre("titres", _verifier, _ecrire)
