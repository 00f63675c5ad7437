"""Whom the passeport tells, in the mail of the day: the branch as the three months run, who completes, and who is certified."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from binome.comptes.adresses_des_roles import adresses_de
from binome.comptes.roles import CERTIFIENT
from binome.courrier.services import ADire, avertir_tous, cle_pour
from binome.dossiers.destinataires import du_candidat, qui_gere, s_ecrit
from binome.gestes.suites import Suite
from binome.passeport.etats import ATTENDENT, REGLEES, EtatDeDeclaration, EtatDeFiche
from binome.passeport.lots import detruire
from binome.passeport.models import FicheDEtatCivil, LigneDeLot, LotDePassages, PassageADeclarer
from binome.passeport.suivi import PALIERS
from binome.regles.calendrier import date_en_clair
from binome.socle.durees import durees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

GENRE: Final = "passeport"
"""Of these notices."""


def _acceptee(passages: Sequence[Passage[PassageADeclarer]], _: Auteur) -> None:
    """Tells each person that their certificate is there; a deletion that was accepted tells nobody."""
    avertir_tous(
        [
            ADire(
                cle=cle_pour(f"{un.objet.objet}:accepte", courriel),
                destinataire=courriel,
                genre=GENRE,
                texte="Votre certificat est dans le passeport de compétences.",
                reference=un.objet.titre.parcours.dossier.reference,
                adresse=reverse("suivi", args=["parcours", un.objet.titre.parcours_id]),
            )
            for un in passages
            if un.objet.etat == EtatDeDeclaration.ACCEPTEE
            and s_ecrit(un.objet.titre.parcours.dossier)
            for courriel in du_candidat(un.objet.titre.parcours.dossier)
        ]
    )


DE_LA_DECLARATION: Final = {"accepter": Suite("la personne certifiée", _acceptee)}


def alerter() -> int:
    """Says what is not accepted sixty and eighty days after its parchemin, and whose civil status is awaited; how many."""
    jour = timezone.localdate()
    dits = [*_de_la_branche(jour), *_a_completer()]
    avertir_tous(dits)
    return len(dits)


def _de_la_branche(jour: date) -> list[ADire]:
    """One notice for the parchemins of a day, by branch and threshold."""
    attendent = PassageADeclarer.objects.filter(
        etat__in=ATTENDENT, titre__delivre_le__lte=jour - timedelta(days=PALIERS[0])
    )
    jours = attendent.order_by("titre__emetteur", "titre__delivre_le").values_list(
        "titre__emetteur", "titre__delivre_le", "echeance"
    )
    dits = []
    courriels: dict[int, list[str]] = {}
    for branche, delivre_le, echeance in jours.distinct():
        if branche not in courriels:
            courriels[branche] = adresses_de(
                [branche], *CERTIFIENT, exemples=settings.DEMONSTRATION
            )
        palier = max(un for un in PALIERS if delivre_le <= jour - timedelta(days=un))
        texte = (
            f"Des certificats délivrés le {date_en_clair(delivre_le)} ne sont pas encore acceptés au passeport de "
            f"compétences : dernier jour, le {date_en_clair(echeance)}."
        )
        dits += [
            ADire(
                cle=cle_pour(f"passeport:{branche}:{delivre_le.isoformat()}:{palier}", un),
                destinataire=un,
                genre=GENRE,
                texte=texte,
                adresse=reverse("passeport"),
            )
            for un in courriels[branche]
        ]
    return dits


def _a_completer() -> list[ADire]:
    """To the person and to who manages their organisation, once for each time that it is asked."""
    a_corriger = FicheDEtatCivil.objects.filter(
        dossier=OuterRef("titre__parcours__dossier"), etat=EtatDeFiche.A_CORRIGER
    )
    attendent = PassageADeclarer.objects.filter(
        Q(etat=EtatDeDeclaration.A_COMPLETER)
        | Q(Exists(a_corriger), etat=EtatDeDeclaration.REFUSEE)
    )
    lues = attendent.select_related("titre__parcours__dossier__candidat").order_by("pk")
    gerent: dict[int, list[str]] = {}
    dits = []
    for un in lues:
        parcours = un.titre.parcours
        if not s_ecrit(parcours.dossier):
            continue
        if parcours.organisme_id not in gerent:
            gerent[parcours.organisme_id] = qui_gere(parcours.organisme_id)
        dits += _demandes(un, [*du_candidat(parcours.dossier), *gerent[parcours.organisme_id]])
    return dits


def _demandes(un: PassageADeclarer, courriels: Iterable[str]) -> list[ADire]:
    corrige = un.etat == EtatDeDeclaration.REFUSEE
    texte = (
        "Un état civil est à corriger : la Caisse des Dépôts n’a trouvé personne."
        if corrige
        else "Un certificat est délivré : l’état civil manque pour l’inscrire au passeport de compétences."
    )
    return [
        ADire(
            cle=cle_pour(f"{un.objet}:etat-civil:{un.version if corrige else 0}", courriel),
            destinataire=courriel,
            genre=GENRE,
            texte=texte,
            reference=un.titre.parcours.dossier.reference,
            adresse=reverse("etat-civil", args=[un.titre.parcours_id]),
        )
        for courriel in courriels
    ]


@transaction.atomic
def ranger() -> int:
    """Destroys the files of the lots that nothing waits for any more, past their term; how many."""
    attend = LigneDeLot.objects.filter(lot=OuterRef("pk")).exclude(passage__etat__in=REGLEES)
    finis = LotDePassages.objects.exclude(fichier="").filter(
        ~Exists(attend), depose_le__lte=durees()["lot"].limite()
    )
    lots = list(finis.order_by("pk")[:100])
    detruire(lots, motif="durée atteinte")
    return len(lots)
