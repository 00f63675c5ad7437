"""The states of a month, out of frozen slots: made for thousands of agreements at once, said again where what is proven changed.

A run that is cut leaves whole lots behind it, and is run again: what did not change is not written.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binome.gestes.auteur import Maison
from binome.gestes.services import faire_par_la_maison, naitre
from binome.prises_en_charge.compter import Deja, Payable, Termes, repartir
from binome.prises_en_charge.etats import EN_VIGUEUR, TENUES, EtatDeCertificat
from binome.prises_en_charge.flows import CERTIFICATS, ETATS_DE_SERVICE
from binome.prises_en_charge.models import (
    CertificatDeRealisation,
    EtatDeService,
    PriseEnCharge,
)
from binome.prises_en_charge.payerait import compter_les_ecarts
from binome.prises_en_charge.prouve import prouve_entre
from binome.regles.calendrier import ajouter_mois

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from binome.prises_en_charge.prouve import CreneauProuve

LOT: Final = 500
"""Agreements of one transaction."""
DERNIERS: Final = 2
"""Months that the daily run looks at again: a slot may be counter-signed late."""


@dataclass(frozen=True)
class Prouve:
    """What a month proves for an agreement: minutes in all, those of épreuves, and the slots."""

    minutes: int
    epreuves: int
    detail: tuple[tuple[int, int], ...]

    @property
    def empreinte(self) -> str:
        """The SHA-256 of the slots, each with its minutes."""
        return hashlib.sha256(json.dumps(self.detail).encode()).hexdigest()


@dataclass
class Etablis:
    """What a run did: months said for the first time, and said again."""

    nouveaux: int = 0
    redits: int = 0
    etats: list[EtatDeService] = field(default_factory=list)


def premier_du_mois(jour: date) -> date:
    """The first day of its month."""
    return jour.replace(day=1)


def dernier_du_mois(mois: date) -> date:
    """The last day of a month, by its first."""
    return ajouter_mois(mois, 1) - timedelta(days=1)


def mois_finis(du: date, au: date) -> list[date]:
    """The months between two days, both included, that are over today."""
    ce_mois = premier_du_mois(timezone.localdate())
    trouves, mois = [], premier_du_mois(du)
    while mois <= au and mois < ce_mois:
        trouves.append(mois)
        mois = ajouter_mois(mois, 1)
    return trouves


def etablir_les_etats() -> int:
    """The job: the states of the months that ended last, for every agreement; how many were written."""
    ce_mois = premier_du_mois(timezone.localdate())
    mois = [ajouter_mois(ce_mois, -plus) for plus in range(DERNIERS, 0, -1)]
    faits = etablir(mois)
    return faits.nouveaux + faits.redits


def etablir(mois: Collection[date], parcours: Collection[int] | None = None) -> Etablis:
    """The states of these months, for all agreements or those of some paths; only what changed is written."""
    faits = Etablis()
    if not mois:
        return faits
    tenues = PriseEnCharge.objects.filter(
        etat__in=TENUES, debut__lte=dernier_du_mois(max(mois)), fin__gte=min(mois)
    )
    if parcours is not None:
        tenues = tenues.filter(parcours__in=parcours)
    voulus = list(tenues.order_by("parcours").values_list("parcours", flat=True).distinct())
    for debut in range(0, len(voulus), LOT):
        _etablir_un_lot(sorted(mois), voulus[debut : debut + LOT], faits)
    return faits


@transaction.atomic
def _etablir_un_lot(mois: Sequence[date], parcours: Sequence[int], faits: Etablis) -> None:
    """The chains of agreements of some paths, whole: a version pays what those before it left."""
    chaines: defaultdict[int, list[PriseEnCharge]] = defaultdict(list)
    tenues = PriseEnCharge.objects.select_for_update(of=("self",)).filter(
        parcours__in=parcours, etat__in=TENUES
    )
    for une in tenues.select_related("employeur", "organisme").order_by("rang", "pk"):
        chaines[une.chaine].append(une)
    connus: defaultdict[int, dict[date, EtatDeService]] = defaultdict(dict)
    siens = EtatDeService.objects.filter(
        prise_en_charge__parcours__in=parcours, etat__in=EN_VIGUEUR
    )
    for etat in siens.order_by("pk").defer("detail"):
        connus[etat.prise_en_charge_id][etat.mois] = etat
    prouve = prouve_entre(parcours, mois[0], dernier_du_mois(mois[-1]))
    anciens: list[EtatDeService] = []
    nouveaux: list[EtatDeService] = []
    le = timezone.now()
    for versions in chaines.values():
        tous = {jour: etat for une in versions for jour, etat in connus[une.pk].items()}
        lus = {
            un: dit
            for un in mois
            if (dit := _prouve_du_mois(versions, un, prouve.get(versions[0].parcours_id, ())))
        }
        for ancien, nouveau in _de_la_chaine(versions, tous, lus):
            nouveau.etabli_le = le
            nouveaux.append(nouveau)
            if ancien is not None:
                nouveau.remplace = ancien
                anciens.append(ancien)
    _reprendre_le_detail(nouveaux)
    remplacer(anciens)
    if nouveaux:
        naitre(ETATS_DE_SERVICE, "etablir", nouveaux, Maison())
        compter_les_ecarts(nouveaux)
    faits.redits += len(anciens)
    faits.nouveaux += len(nouveaux) - len(anciens)
    faits.etats += nouveaux


def remplacer(etats: Sequence[EtatDeService]) -> None:
    """Months that are said again: each stays, replaced, with its certificate."""
    faire_par_la_maison(ETATS_DE_SERVICE, "remplacer", etats)
    if etats:
        certificats = CertificatDeRealisation.objects.filter(
            etat_de_service__in=[un.pk for un in etats], etat=EtatDeCertificat.DELIVRE
        )
        faire_par_la_maison(CERTIFICATS, "remplacer", list(certificats.order_by("pk")))


def version_du_mois(versions: Sequence[PriseEnCharge], mois: date) -> PriseEnCharge | None:
    """Which version pays a month: the last that holds from it on; None before the first."""
    tenues = [une for une in versions if une.depuis <= mois]
    return max(tenues, key=lambda une: une.rang) if tenues else None


def _prouve_du_mois(
    versions: Sequence[PriseEnCharge], mois: date, siens: Iterable[CreneauProuve]
) -> Prouve | None:
    """What a month proves on the days of the agreement that pays it; None where none does."""
    version = version_du_mois(versions, mois)
    if version is None:
        return None
    de, a = max(version.debut, mois), min(version.fin, dernier_du_mois(mois))
    dedans = [un for un in siens if de <= un.jour <= a]
    return Prouve(
        sum(un.minutes for un in dedans),
        sum(un.minutes for un in dedans if un.epreuve),
        tuple((un.creneau, un.minutes) for un in dedans),
    )


def _de_la_chaine(
    versions: Sequence[PriseEnCharge],
    connus: Mapping[date, EtatDeService],
    lus: Mapping[date, Prouve],
) -> Iterator[tuple[EtatDeService | None, EtatDeService]]:
    """The months to write, each with the one that it replaces, where there is one."""
    mois = sorted({*connus, *(un for un, dit in lus.items() if dit.minutes or un in connus)})
    deja, salaire_deja = Deja(), Deja()
    for version in versions:
        siens = [un for un in mois if version_du_mois(versions, un) is version]
        payees = {un: _payees(version, connus.get(un), lus.get(un)) for un in siens}
        dits = {un: connus[un] for un in siens if un in connus}
        tenus = {un: Payable(etat.minutes_payables, etat.montant_cents) for un, etat in dits.items()
                 if etat.prise_en_charge_id == version.pk}  # fmt: skip
        payables = repartir(
            Termes(version.minutes_accordees or 0, version.taux_horaire_cents or 0,
                   version.plafond_cents, deja),
            payees, tenus,
        )  # fmt: skip
        salaires: Mapping[date, Payable] = {}
        if version.taux_salaire_cents is not None:
            gardes = {
                un: Payable(dits[un].minutes_payables, dits[un].salaire_cents or 0) for un in tenus
            }
            salaires = repartir(
                Termes(version.minutes_accordees or 0, version.taux_salaire_cents, None, salaire_deja),
                payees, gardes,
            )  # fmt: skip
        for un in siens:
            salaire = salaires[un].cents if un in salaires else None
            fait = _un_mois(version, un, connus.get(un), lus.get(un), payables[un], salaire)
            if fait is not None:
                yield connus.get(un), fait
        deja = _plus(deja, payables)
        salaire_deja = _plus(salaire_deja, salaires)


def _plus(deja: Deja, payables: Mapping[date, Payable]) -> Deja:
    return Deja(
        deja.minutes + sum(un.minutes for un in payables.values()),
        deja.cents + sum(un.cents for un in payables.values()),
    )


def _payees(version: PriseEnCharge, connu: EtatDeService | None, lu: Prouve | None) -> int:
    """The minutes of a month that an agreement pays, as far as it goes: those of épreuves, only where the payer said so."""
    if lu is not None:
        minutes, epreuves = lu.minutes, lu.epreuves
    elif connu is not None:
        minutes, epreuves = connu.minutes_prouvees, connu.minutes_d_evaluation
    else:
        return 0
    return minutes if version.avec_evaluations else minutes - epreuves


def _un_mois(
    version: PriseEnCharge,
    mois: date,
    connu: EtatDeService | None,
    lu: Prouve | None,
    payable: Payable,
    salaire: int | None,
) -> EtatDeService | None:
    """The month as it is said now; None when it is said so already."""
    if connu is None and lu is None:
        return None
    minutes, epreuves, empreinte = (
        (lu.minutes, lu.epreuves, lu.empreinte)
        if lu is not None
        else (connu.minutes_prouvees, connu.minutes_d_evaluation, connu.empreinte)  # type: ignore[union-attr] # one of both is there
    )
    dit = (version.pk, payable.minutes, payable.cents, salaire, empreinte)
    if connu is not None and dit == (
        connu.prise_en_charge_id, connu.minutes_payables, connu.montant_cents, connu.salaire_cents, connu.empreinte,
    ):  # fmt: skip
        return None
    return EtatDeService(
        prise_en_charge=version, payeur_id=version.payeur_id, mois=mois, minutes_prouvees=minutes,
        minutes_d_evaluation=epreuves, minutes_payables=payable.minutes, montant_cents=payable.cents,
        salaire_cents=salaire, empreinte=empreinte, detail=[] if lu is None else [list(un) for un in lu.detail],
    )  # fmt: skip


def _reprendre_le_detail(nouveaux: Sequence[EtatDeService]) -> None:
    """A month whose slots were not read again keeps those that it had."""
    sans = {
        un.remplace.pk: un
        for un in nouveaux
        if not un.detail and un.minutes_prouvees and un.remplace is not None
    }
    if not sans:
        return
    lus = EtatDeService.objects.filter(pk__in=sans).order_by()
    for numero, detail in lus.values_list("pk", "detail"):
        sans[numero].detail = detail


def a_redire(parcours: Collection[int], jours: Iterable[date]) -> Etablis:
    """The months of some days said again for some paths, as far as an agreement pays them and they are over."""
    ce_mois = premier_du_mois(timezone.localdate())
    mois = {un for un in map(premier_du_mois, jours) if un < ce_mois}
    siennes = Q(parcours__in=parcours, etat__in=TENUES)
    if not mois or not PriseEnCharge.objects.filter(siennes).exists():
        return Etablis()
    return etablir(mois, parcours)
