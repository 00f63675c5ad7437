"""The money of the made-up world: an Opco's scale and funds, requests in every state, months said, certified, accepted or sent back.

Every figure is made up, and every page says so. People of the session that runs are paid for; those to come are asked for.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Organisation
from binome.comptes.roles import OPCO
from binome.depot.controle import Document
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.exemples.dossiers.pieces import document
from binome.gestes.services import faire
from binome.journal.inventaire import GESTE
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.parcours.etats import EN_COURS
from binome.parcours.models import Parcours
from binome.prises_en_charge.baremes import BaremeDit, dire_une_enveloppe, entrer_un_bareme
from binome.prises_en_charge.certificats import delivrer
from binome.prises_en_charge.demandes import TermesDemandes, preparer
from binome.prises_en_charge.documents import joindre
from binome.prises_en_charge.etats import EtatDUnEtatDeService, VoieDePaiement
from binome.prises_en_charge.exigences import documents_demandes
from binome.prises_en_charge.flows import ETATS_DE_SERVICE, PRISES_EN_CHARGE
from binome.prises_en_charge.models import BaremeDuPayeur, EtatDeService, PriseEnCharge
from binome.prises_en_charge.payerait import recompter
from binome.regles.calendrier import ajouter_mois
from binome.sessions.etats import EtatDInscription

if TYPE_CHECKING:
    from datetime import date

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

PAYES: Final = 24
"""People whose training somebody is asked to pay, at most."""
TAUX: Final = 2_000
SALAIRE: Final = 1_200
"""Cents of an hour: those that the report gives for 2023, taken here for a made-up scale."""
FONDS: Final = 40_000_000
DUREE: Final = 8
"""Months of a training."""
SUR: Final = 6
"""One request refused, one agreed in part, in so many."""


def _verifier() -> None:
    if PriseEnCharge.objects.exists() or BaremeDuPayeur.objects.exists():
        raise DejaServie(
            "La base a déjà des prises en charge : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    opco = Organisation.objects.filter(genre=OPCO, exemple=True).earliest("pk")
    payeur, gere = Acteur(scene.personnes["opco"]), Acteur(scene.personnes["gestionnaire"])
    bareme = BaremeDit(
        VoieDePaiement.PDC, voulu.jour.replace(month=1, day=1), None, TAUX, SALAIRE, None,
        "Barème d’exemple, inventé pour la démonstration",
    )  # fmt: skip
    entrer_un_bareme(opco, payeur, bareme)
    dire_une_enveloppe(opco, payeur, voulu.jour.year, FONDS)
    siens = Parcours.objects.filter(
        organisme=scene.organismes[0], etat__in=EN_COURS, inscriptions__etat=EtatDInscription.INSCRITE,
        formation__gt=0,
    ).select_related("dossier__organisme", "organisme")  # fmt: skip
    for rang, parcours in enumerate(siens.order_by("pk").distinct()[:PAYES]):
        debut = min(
            parcours.inscriptions.values_list("session__debut", flat=True), default=voulu.jour
        )
        _demander(rang, parcours, opco, gere, payeur, debut)
    _suivre_les_mois(gere, payeur)


def _demander(
    rang: int, parcours: Parcours, opco: Organisation, gere: Acteur, payeur: Acteur, debut: date
) -> None:
    """A request, and its answer: those of who is already in training are agreed, but for some; others wait."""
    termes = TermesDemandes(
        VoieDePaiement.PDC, opco, "", debut, ajouter_mois(debut, DUREE), parcours.formation or 1, TAUX,
        SALAIRE,
    )  # fmt: skip
    prise = preparer(parcours, gere, termes)
    en_cours = debut <= timezone.localdate()
    if not en_cours and rang % 2:
        return
    for nature in documents_demandes(prise.voie):
        lu = document(f"prise-en-charge-{nature}")
        joindre(prise, gere, nature, Document(lu.octets, "pdf", "application/pdf", 1))
    _geste(prise, "demander", gere)
    if not en_cours:
        return
    if rang % SUR == SUR - 1:
        _geste(prise, "refuser", payeur, raison="Exemple : les fonds de l’année sont épuisés.")
    elif rang % SUR == SUR - 2:
        _geste(
            prise, "accorder_en_partie", payeur, taux="15 €", raison="Exemple : le taux d’un autre barème."
        )  # fmt: skip
    else:
        _geste(prise, "accorder", payeur)
    _avant_le_debut(prise, debut)


def _avant_le_debut(prise: PriseEnCharge, debut: date) -> None:
    """Asked a month before the training, answered twelve days later, as people do: gestures are made the day this is written."""
    midi = timezone.make_aware(datetime.combine(debut, time(12)))
    prise.demandee_le, prise.repondue_le = midi - timedelta(days=30), midi - timedelta(days=18)
    PriseEnCharge.objects.filter(pk=prise.pk).update(
        demandee_le=prise.demandee_le, repondue_le=prise.repondue_le
    )
    ecrire(Ecriture(GESTE, prise.objet, lignes=lignes([prise], "demandee_le", "repondue_le")))


def _geste(prise: PriseEnCharge, nom: str, par: Acteur, **donnees: str) -> None:
    faire(PRISES_EN_CHARGE, nom, prise, par, version=prise.version, donnees=donnees)


def _suivre_les_mois(gere: Acteur, payeur: Acteur) -> None:
    """Of three months, one is certified and accepted, one certified, one waits for its certificate; the last one is sent back."""
    etats = EtatDeService.objects.filter(
        etat=EtatDUnEtatDeService.ETABLI, minutes_prouvees__gt=0
    ).select_related("prise_en_charge")
    tous = list(etats.order_by("mois", "pk"))
    for rang, etat in enumerate(tous):
        if rang % 3 < 2:
            delivrer(etat, gere)
        if etat is tous[-1]:
            faire(ETATS_DE_SERVICE, "renvoyer", etat, payeur, version=etat.version, donnees={"raison": "preuve"})  # fmt: skip
        elif rang % 3 == 0:
            faire(ETATS_DE_SERVICE, "accepter", etat, payeur, version=etat.version)
    recompter(tous)


CHAPITRE: Final = Chapitre("prises-en-charge", _verifier, _ecrire)
