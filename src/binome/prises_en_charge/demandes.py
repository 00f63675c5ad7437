"""Preparing a request, changing it, amending an agreement: one validator, whatever the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.dossiers.employeurs.services import emplois_du
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.parcours.etats import EN_COURS
from binome.prises_en_charge.comparaison import proposer
from binome.prises_en_charge.documents import rien_d_efface
from binome.prises_en_charge.etats import EtatDePriseEnCharge
from binome.prises_en_charge.financeurs import retenu, verifier_le_financeur
from binome.prises_en_charge.flows import PRISES_EN_CHARGE
from binome.prises_en_charge.models import PriseEnCharge
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.parcours.models import Parcours
    from binome.prises_en_charge.comparaison import PropositionChiffree

DEJA: Final = "Une demande à ce financeur, par cette voie, existe déjà pour ce parcours."


@dataclass(frozen=True)
class TermesDemandes:
    """What a request asks: minutes; cents of an hour, cents in all; days, both included."""

    voie: str
    payeur: Organisation | None
    autre_payeur: str
    debut: date
    fin: date
    minutes: int
    taux_cents: int
    salaire_cents: int | None = None
    plafond_cents: int | None = None
    ecart: str = ""
    subrogation: bool = True
    avec_evaluations: bool = False


def employeur_du(parcours: Parcours, jour: date) -> tuple[Organisation | None, str]:
    """Who employs the person on a day, and their number, as the dossier knows them."""
    dossier = parcours.dossier
    tenus = [
        un.emploi.employeur
        for un in emplois_du(dossier)
        if un.emploi.au is None or un.emploi.au >= jour
    ]
    if tenus:
        return tenus[0], tenus[0].identifiant or dossier.employeur_identifiant
    return None, dossier.employeur_identifiant


@transaction.atomic
def preparer(parcours: Parcours, par: Acteur, demande: TermesDemandes) -> PriseEnCharge:
    """A request, costed, that is not sent yet. Raises GesteImpossible."""
    if parcours.etat not in EN_COURS:
        raise GesteImpossible("Ce parcours est fini : rien ne se demande plus pour lui.")
    prise = PriseEnCharge(
        parcours=parcours, organisme=parcours.organisme, preparee_le=timezone.now(),
        depuis=demande.debut.replace(day=1), essai=parcours.organisme.exemple,
        **_colonnes(parcours, demande),
    )  # fmt: skip
    return _naitre(prise, par)


@transaction.atomic
def preparer_un_avenant(
    prise: PriseEnCharge, par: Acteur, demande: TermesDemandes, depuis: date
) -> PriseEnCharge:
    """Another version of an agreement, that pays from a month on; the payer and the route stay. Raises GesteImpossible."""
    tenue = PriseEnCharge.objects.select_for_update(of=("self",)).get(pk=prise.pk)
    rien_d_efface(prise)
    if tenue.etat != EtatDePriseEnCharge.ACCORDEE:
        raise GesteImpossible("Un avenant se demande sur l’accord en vigueur.")
    _memes_voie_et_payeur(prise, demande)
    mois = depuis.replace(day=1)
    if mois < tenue.depuis or mois > demande.fin:
        raise GesteImpossible(
            f"Un avenant vaut depuis un mois de la formation, à partir du {date_en_clair(tenue.depuis)}.",
            champ="depuis",
        )
    avenant = PriseEnCharge(
        parcours=prise.parcours, organisme=prise.organisme, preparee_le=timezone.now(), depuis=mois,
        premiere_id=tenue.chaine, rang=_rang_suivant(tenue), essai=tenue.essai,
        **_colonnes(prise.parcours, demande, avenant=True),
    )  # fmt: skip
    return _naitre(avenant, par)


def modifier(
    prise: PriseEnCharge, par: Acteur, demande: TermesDemandes, *, version: int
) -> PriseEnCharge:
    """Changes a request that is not sent yet. Raises GesteImpossible, Depasse."""
    rien_d_efface(prise)
    if prise.premiere_id is not None:
        _memes_voie_et_payeur(prise, demande)
    colonnes = _colonnes(prise.parcours, demande, avenant=prise.premiere_id is not None)
    if prise.premiere_id is None:
        colonnes["depuis"] = demande.debut.replace(day=1)
    try:
        with transaction.atomic():
            return faire(
                PRISES_EN_CHARGE, "modifier", prise, par, version=version, donnees={"colonnes": colonnes}
            ).objet  # fmt: skip
    except IntegrityError:
        raise GesteImpossible(DEJA) from None


def _memes_voie_et_payeur(prise: PriseEnCharge, demande: TermesDemandes) -> None:
    sienne = (prise.voie, prise.payeur, prise.autre_payeur)
    if (demande.voie, demande.payeur, demande.autre_payeur) != sienne:
        raise GesteImpossible(
            "Un avenant garde la voie et le financeur : sinon, préparez une autre demande."
        )


def _naitre(prise: PriseEnCharge, par: Acteur) -> PriseEnCharge:
    geste = "preparer" if prise.premiere_id is None else "preparer_un_avenant"
    try:
        with transaction.atomic():
            naitre(PRISES_EN_CHARGE, geste, [prise], par)
    except IntegrityError:
        raise GesteImpossible(
            DEJA if prise.premiere_id is None else "Un avenant est déjà en cours sur cet accord."
        ) from None
    return prise


def _rang_suivant(prise: PriseEnCharge) -> int:
    avenants = PriseEnCharge.objects.filter(premiere=prise.chaine).order_by("-rang")
    dernier = avenants.values_list("rang", flat=True).first()
    return (dernier or 1) + 1


def _colonnes(
    parcours: Parcours, demande: TermesDemandes, *, avenant: bool = False
) -> dict[str, Any]:
    """What a request writes, once checked. Raises GesteImpossible.

    An amendment keeps the payer of its agreement as it is written there, even where that payer came to Binôme since.
    """
    _verifier(demande)
    autre_payeur = "" if demande.payeur is not None else demande.autre_payeur
    if not avenant:
        verifier_le_financeur(parcours, demande.payeur, autre_payeur)
        autre_payeur = retenu(parcours.organisme_id, autre_payeur)
    propose = proposer(parcours, demande.voie, demande.payeur, demande.debut, demande.fin)
    _verifier_l_ecart(propose, demande)
    employeur, identifiant = employeur_du(parcours, demande.debut)
    return {
        "voie": demande.voie,
        "payeur": demande.payeur,
        "autre_payeur": autre_payeur,
        "employeur": employeur,
        "employeur_identifiant": identifiant,
        "debut": demande.debut,
        "fin": demande.fin,
        "annee": demande.debut.year,
        "minutes_demandees": demande.minutes,
        "taux_demande_cents": demande.taux_cents,
        "salaire_demande_cents": demande.salaire_cents,
        "plafond_demande_cents": demande.plafond_cents,
        "ecart": demande.ecart,
        "subrogation": demande.subrogation,
        "avec_evaluations": demande.avec_evaluations,
        "bareme": propose.bareme,
        "base": propose.base,
        "comparaison": {**propose.comparaison, "d_ou": propose.d_ou},
    }


def _verifier(demande: TermesDemandes) -> None:
    if demande.fin < demande.debut:
        raise GesteImpossible("La formation finit avant de commencer : relisez ces deux jours.", champ="fin")  # fmt: skip


def _verifier_l_ecart(propose: PropositionChiffree, demande: TermesDemandes) -> None:
    autre = propose.ecart_avec(
        demande.minutes, demande.taux_cents, demande.salaire_cents, demande.plafond_cents
    )
    if autre and not demande.ecart:
        raise GesteImpossible(
            "Ces chiffres ne sont pas ceux que nous proposons : écrivez pourquoi.", champ="ecart"
        )
