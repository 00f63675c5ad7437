"""Where a payer's funds stand, by year, route and scale: what it has, committed, proven, accepted, billed, paid, left, and until when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from binome.prises_en_charge.etats import (
    EN_VIGUEUR,
    EtatDePriseEnCharge,
    EtatDUnEtatDeService,
    VoieDePaiement,
)
from binome.prises_en_charge.models import (
    BaremeDuPayeur,
    EnveloppeDuPayeur,
    EtatDeService,
    PriseEnCharge,
)
from binome.regles.calendrier import date_en_clair, montant_en_clair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from binome.comptes.models import Organisation

RYTHME: Final = 90
"""Days over which the pace is read."""
SIECLE: Final = 36_525
"""Days beyond which nobody is told a date."""


@dataclass(frozen=True)
class CleDeFonds:
    """What sums are told apart by: the year of the first day of the training, the route, the scale (None where there was none)."""

    annee: int
    voie: str
    bareme: int | None


@dataclass
class SommesDeFonds:
    """Cents. What invoices and payments say comes from the room above."""

    engage: int = 0
    recent: int = 0
    prouve: int = 0
    accepte: int = 0
    facture: int = 0
    paye: int = 0


Sommes = dict[CleDeFonds, SommesDeFonds]
_D_AU_DESSUS: list[Callable[[Organisation, Sommes], None]] = []


def declarer_des_sommes(lire: Callable[[Organisation, Sommes], None]) -> None:
    """Adds what a room above counts for a payer; the same twice is once."""
    if lire not in _D_AU_DESSUS:
        _D_AU_DESSUS.append(lire)


@dataclass(frozen=True)
class LigneDeFonds:
    """A year, a route of it (`voie` empty for all of them), or a scale of that route: cents.

    `enveloppe` is None where the payer said nothing, and for a scale; `fin` the day when nothing is left at this pace, None when
    that is not known.
    """

    annee: int
    voie: str
    enveloppe: int | None
    sommes: SommesDeFonds
    fin: date | None
    bareme: BaremeDuPayeur | None = None
    d_un_bareme: bool = False

    @property
    def titre(self) -> str:
        """The route, or the scale, in words."""
        if self.bareme is not None:
            return f"Barème du {date_en_clair(self.bareme.du)}, {montant_en_clair(self.bareme.taux_horaire_cents)} l’heure"
        if self.d_un_bareme:
            return "Sans barème"
        return str(VoieDePaiement(self.voie).label) if self.voie else "Toutes les voies"

    @property
    def reste(self) -> int | None:
        """What is not committed yet; negative when more is."""
        return None if self.enveloppe is None else self.enveloppe - self.sommes.engage


def epuisement(reste: int, par_jour: int, aujourd_hui: date) -> date | None:
    """The day when nothing is left, at so many cents a day; today when nothing is, None when the pace leads nowhere."""
    if reste <= 0:
        return aujourd_hui
    if par_jour <= 0 or reste // par_jour > SIECLE:
        return None
    return aujourd_hui + timedelta(days=reste // par_jour)


def fonds(payeur: Organisation) -> list[LigneDeFonds]:
    """The lines of a payer, the last year first: each year whole, then by route, then by scale; few queries, whatever their number."""
    enveloppes: dict[tuple[int, str], int] = {}
    for une in EnveloppeDuPayeur.objects.filter(payeur=payeur).order_by("pk"):
        enveloppes[une.annee, une.voie] = une.montant_cents
    sommes: Sommes = defaultdict(SommesDeFonds)
    _des_accords(payeur, sommes)
    _des_mois(payeur, sommes)
    for lire in _D_AU_DESSUS:
        lire(payeur, sommes)
    baremes = {un.pk: un for un in BaremeDuPayeur.objects.filter(payeur=payeur).order_by("pk")}
    annees = {une for une, _ in enveloppes} | {cle.annee for cle in sommes}
    lignes: list[LigneDeFonds] = []
    for annee in sorted(annees, reverse=True):
        siennes = {cle: un for cle, un in sommes.items() if cle.annee == annee}
        de_l_annee = {voie: cents for (une, voie), cents in enveloppes.items() if une == annee}
        lignes.append(_de_l_annee(annee, de_l_annee, siennes.values()))
        for voie in VoieDePaiement.values:
            lignes += _de_la_voie(annee, voie, de_l_annee.get(voie), siennes, baremes)
    return lignes


def _des_accords(payeur: Organisation, sommes: Sommes) -> None:
    """What is committed, and what of it since the pace is read."""
    tenues = PriseEnCharge.objects.filter(payeur=payeur, etat=EtatDePriseEnCharge.ACCORDEE)
    recentes = tenues.filter(repondue_le__gte=timezone.now() - timedelta(days=RYTHME))
    for lues, champ in ((tenues, "engage"), (recentes, "recent")):
        groupes = lues.order_by().values_list("annee", "voie", "bareme")
        for annee, voie, bareme, cents in groupes.annotate(un=Sum("engage_cents")):
            setattr(sommes[CleDeFonds(annee, voie, bareme)], champ, cents or 0)


def _des_mois(payeur: Organisation, sommes: Sommes) -> None:
    """What months prove, then what of it is accepted; wages included."""
    siens = EtatDeService.objects.filter(payeur=payeur, etat__in=EN_VIGUEUR).order_by()
    de = "prise_en_charge__"
    groupes = siens.values_list(f"{de}annee", f"{de}voie", f"{de}bareme", "etat")
    for annee, voie, bareme, etat, cents in groupes.annotate(
        un=Sum("montant_cents") + Coalesce(Sum("salaire_cents"), 0)
    ):
        sien = sommes[CleDeFonds(annee, voie, bareme)]
        sien.prouve += cents
        if etat == EtatDUnEtatDeService.ACCEPTE:
            sien.accepte += cents


def _en_tout(sommes: Iterable[SommesDeFonds]) -> SommesDeFonds:
    colonnes = zip(*(astuple(un) for un in sommes), strict=True)
    return SommesDeFonds(*(sum(une) for une in colonnes))


def _fin(enveloppe: int | None, sommes: SommesDeFonds) -> date | None:
    if enveloppe is None:
        return None
    return epuisement(enveloppe - sommes.engage, sommes.recent // RYTHME, timezone.localdate())


def _de_l_annee(
    annee: int, enveloppes: dict[str, int], sommes: Iterable[SommesDeFonds]
) -> LigneDeFonds:
    """All the routes: the funds said for all, else those said for each."""
    des_voies = [cents for voie, cents in enveloppes.items() if voie]
    enveloppe = enveloppes.get("", sum(des_voies) if des_voies else None)
    tout = _en_tout(sommes)
    return LigneDeFonds(annee, "", enveloppe, tout, _fin(enveloppe, tout))


def _de_la_voie(
    annee: int,
    voie: str,
    enveloppe: int | None,
    sommes: Sommes,
    baremes: dict[int, BaremeDuPayeur],
) -> Iterable[LigneDeFonds]:
    """A route of a year, then each of its scales, the last one first; nothing where nothing is said of it."""
    siennes = {cle.bareme: un for cle, un in sommes.items() if cle.voie == voie}
    if not siennes and enveloppe is None:
        return
    tout = _en_tout(siennes.values())
    yield LigneDeFonds(annee, voie, enveloppe, tout, _fin(enveloppe, tout))
    if set(siennes) <= {None}:
        return
    for numero in sorted(siennes, key=lambda un: (un is None, -(un or 0))):
        bareme = None if numero is None else baremes[numero]
        yield LigneDeFonds(annee, voie, None, siennes[numero], None, bareme, d_un_bareme=True)
