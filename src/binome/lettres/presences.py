"""Whom the gestures of a presence tell, by mail: who signed knows what was corrected since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.courrier.services import AMettre, mettre_tous_en_file
from binome.dossiers.destinataires import du_candidat, s_ecrit
from binome.gestes.suites import Suite
from binome.lettres.carnet import EXEMPLE, empeche
from binome.lettres.lettre_du_parcours import lettre_du_parcours
from binome.presences.prouvees import RIEN, dire_le_double, prouvees
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.sessions.quand import dire_quand
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.presences.models import Presence, Signature

POURQUOI: Final = "cette présence est la vôtre"


def prevenir_d_une_correction(passages: Sequence[Passage[Presence]], _: Auteur) -> None:
    """Queues a mail to the person whose presence is said again."""
    courriers: list[AMettre] = []
    empeche_de_partir = empeche()
    for passage in passages:
        dossier = passage.objet.parcours.dossier
        if not s_ecrit(dossier):
            passage.nouvelles.append(EXEMPLE)
            continue
        siens = [_lettre(passage, courriel) for courriel in du_candidat(dossier)]
        courriers += siens
        if siens and empeche_de_partir:
            passage.sans_nouvelles.append(empeche_de_partir)
        elif siens:
            passage.nouvelles.append("Un courriel part à la personne.")
    mettre_tous_en_file(courriers)


def _lettre(passage: Passage[Presence], courriel: str) -> AMettre:
    ancienne, nouvelle = passage.objet, passage.donnees["nouvelle"]
    parcours, creneau = ancienne.parcours, ancienne.creneau
    if passage.donnees["apres_coup"]:
        return lettre_du_parcours(
            parcours,
            cle=f"presences:accepter:{ancienne.pk}",
            courriel=courriel,
            sujet="votre signature est acceptée",
            phrase=f"{parcours.organisme.nom} a accepté votre signature après coup du créneau du "
            f"{dire_quand(creneau)}. {_ce_qui_compte(nouvelle)}",
            suite=f"Si ce n’est pas ce qui s’est passé, dites-le à {parcours.organisme.nom}.",
            action="Voir vos présences",
            pourquoi=POURQUOI,
        )
    jour = date_en_clair(timezone.localdate(creneau.debut, creneau.session.site.fuseau))
    return lettre_du_parcours(
        parcours,
        cle=f"presences:corriger:{ancienne.pk}",
        courriel=courriel,
        sujet="une présence est corrigée",
        phrase=f"{parcours.organisme.nom} a corrigé votre présence du {jour}. Raison donnée : "
        f"{minuscule(nouvelle.get_raison_display())}.",
        suite=f"Si ce n’est pas ce qui s’est passé, dites-le à {parcours.organisme.nom}.",
        action="Lire ce qui a changé",
        pourquoi=POURQUOI,
    )


def _ce_qui_compte(presence: Presence) -> str:
    """What an accepted signature proves: the minutes, less those that another slot of the same hours already counts."""
    comptee = prouvees([presence]).get(presence.pk, RIEN)
    dites = []
    if comptee.minutes:
        compte = "comptent" if comptee.minutes > 1 else "compte"
        dites.append(f"{duree_en_clair(comptee.minutes)} {compte} maintenant comme prouvées.")
    if double := dire_le_double(presence.creneau, comptee):
        dites.append(double)
    return " ".join(dites)


def prevenir_d_un_refus(passages: Sequence[Passage[Signature]], _: Auteur) -> None:
    """Queues a mail to the person whose signature after the fact is not accepted."""
    courriers: list[AMettre] = []
    for passage in passages:
        signature = passage.objet
        parcours, creneau = signature.parcours, signature.creneau
        if not s_ecrit(parcours.dossier):
            passage.nouvelles.append(EXEMPLE)
            continue
        for courriel in du_candidat(parcours.dossier):
            courriers.append(
                lettre_du_parcours(
                    parcours,
                    cle=f"presences:refuser:{signature.pk}:{signature.version}",
                    courriel=courriel,
                    sujet="une signature n’est pas acceptée",
                    phrase=f"{parcours.organisme.nom} n’a pas accepté votre signature après coup du créneau du "
                    f"{dire_quand(creneau)}. Raison donnée : {minuscule(signature.get_raison_display())}.",
                    suite=f"Si ce n’est pas ce qui s’est passé, dites-le à {parcours.organisme.nom}.",
                    action="Voir vos présences",
                    pourquoi=POURQUOI,
                )
            )
            passage.nouvelles.append("Un courriel part à la personne.")
    mettre_tous_en_file(courriers)


def suites_des_presences() -> dict[str, Suite]:
    """What follows the gestures that tell somebody."""
    return {"corriger": Suite("la personne candidate", prevenir_d_une_correction)}


def suites_des_signatures() -> dict[str, Suite]:
    """The same, of a signature made after the fact."""
    return {"refuser": Suite("la personne candidate", prevenir_d_un_refus)}
