"""The table of a caisse: its contracts by next duty, what was done last and what says so, the payments of thirteen months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Sum

from binome.agenda.echeances import VUE
from binome.comptes.roles import CPAM
from binome.contrats_d_aide.cadran import TITRES
from binome.contrats_d_aide.etats import (
    JAMAIS_SIGNES,
    OUVERTS,
    EtatDeContrat,
    EtatDeVersement,
    EtatDHorloge,
    VersionDeContrat,
)
from binome.contrats_d_aide.models import Contrat, HorlogeDeContrat, VersementAttendu
from binome.contrats_d_aide.recherche import qui_repond
from binome.formations.territoires import departements
from binome.listes.filtres import Filtre, lu, parmi, texte
from binome.listes.pages import PAR_NUMERO, Ordre
from binome.regles.calendrier import ajouter_mois
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

RETARD: Final = "retard"
SANS: Final = "sans"
PERIODES: Final = {
    RETARD: "En retard",
    "30": "Dans trente jours",
    "90": "Dans trois mois",
    SANS: "Sans échéance",
}
MOIS: Final = 13
"""The month that runs and the twelve that follow."""
PAR_ECHEANCE: Final = Ordre("prochaine_le", genre=date)
LONGUEUR: Final = 60


def titres() -> Mapping[str, str]:
    """The duties of a contract in words, by code: those of the rule base, and those of a contract's life."""
    return {**base_courante().vue(VUE).question.mots, **TITRES}


@dataclass(frozen=True)
class FiltreDeContrats(Filtre):
    """What the address of the table keeps."""

    etat: str = lu(parmi(EtatDeContrat.values))
    version: str = lu(parmi(VersionDeContrat.values))
    departement: str = lu(lambda dit: dit if dit in departements() else None)
    periode: str = lu(parmi(PERIODES))
    code: str = lu(lambda dit: dit if dit in titres() else None)
    q: str = lu(texte(LONGUEUR))

    @property
    def autrement(self) -> bool:
        """Whether something is asked by what a page folds away."""
        return bool(self.code or self.etat or self.version or self.departement)


def caisses_lues(acteur: Acteur) -> frozenset[int]:
    """The caisses whose table a person may read."""
    return acteur.organisations(CPAM)


def contrats_de(
    caisse: int, filtre: FiltreDeContrats, jour: date
) -> tuple[QuerySet[Contrat], Ordre]:
    """What a caisse signed, and the order of its list: by next duty, unless those without one are asked for.

    What a practice still prepares is not a caisse's to read.
    """
    lus = Contrat.objects.filter(caisse=caisse).select_related("medecin", "societe", "signataire")
    if filtre.etat:
        lus = lus.filter(etat=filtre.etat)
        lus = lus.filter(signataire=None) if filtre.etat in JAMAIS_SIGNES else lus
    if filtre.version:
        lus = lus.filter(version_signee=filtre.version)
    if filtre.departement:
        lus = lus.filter(departement=filtre.departement)
    if filtre.code:
        lus = lus.filter(prochaine=filtre.code)
    if filtre.q:
        # Asked apart, the words are read in their index alone: a contract's row is ten times as long.
        trouves = Contrat.objects.filter(qui_repond(filtre.q), caisse=caisse)
        lus = lus.filter(pk__in=trouves.order_by().values("pk"))
    if filtre.periode == SANS:
        sans = lus.filter(prochaine_le=None)
        return (
            sans
            if filtre.etat
            else sans.exclude(etat=EtatDeContrat.ABANDONNE).exclude(
                etat=EtatDeContrat.PREPARE, signataire__isnull=False
            )
        ), PAR_NUMERO
    lus = lus.filter(prochaine_le__isnull=False)
    if filtre.periode == RETARD:
        lus = lus.filter(prochaine_le__lt=jour)
    elif filtre.periode:
        lus = lus.filter(
            prochaine_le__gte=jour, prochaine_le__lte=jour + timedelta(days=int(filtre.periode))
        )
    if filtre.etat:
        return lus, PAR_ECHEANCE
    return lus.filter(etat__in=OUVERTS) if filtre.periode == RETARD else lus.exclude(
        etat__in=JAMAIS_SIGNES
    ), PAR_ECHEANCE


@dataclass(frozen=True)
class LigneDeTableau:
    """A contract of the table: its next duty in words, and whether its day is past; the last one that was done, and its evidence."""

    contrat: Contrat
    echeance: str
    en_retard: bool
    tenue: HorlogeDeContrat | None
    tenue_dite: str


def lignes_de(contrats: Iterable[Contrat], jour: date) -> list[LigneDeTableau]:
    """The lines of a page, in one more query."""
    page, mots = list(contrats), titres()
    faites: dict[int, HorlogeDeContrat] = {}
    siennes = HorlogeDeContrat.objects.filter(
        contrat__in=page, etat=EtatDHorloge.FAITE, preuve__isnull=False
    )
    for une in siennes.select_related("preuve").order_by("contrat", "preuve__du", "pk"):
        faites[une.contrat_id] = une
    return [
        LigneDeTableau(
            un,
            mots.get(un.prochaine, un.prochaine),
            un.prochaine_le is not None and un.prochaine_le < jour,
            faites.get(un.pk),
            mots.get(faites[un.pk].code, faites[un.pk].code) if un.pk in faites else "",
        )
        for un in page
    ]


TITRES_DU_TABLEAU: Final = (
    "Médecin ou société", "RPPS", "Cabinet", "Département", "Option ou temps pleins", "État", "Texte", "Signé le", "Jusqu’au",
    "Prochaine échéance", "Le", "En retard", "Tenu en dernier", "Dit par", "Ce jour-là",
)  # fmt: skip
"""The headings of the table that a caisse takes away."""
LOT: Final = 500


def a_emporter(lus: QuerySet[Contrat], ordre: Ordre, jour: date) -> Iterator[list[str | date]]:
    """The lines of the table, all of them, in its order, by lots; an empty cell for what nobody said."""
    rangs = ("pk",) if ordre.par_numero else (ordre.champ, "pk")
    lot: list[Contrat] = []
    for contrat in lus.order_by(*rangs).iterator(chunk_size=LOT):
        lot.append(contrat)
        if len(lot) == LOT:
            yield from map(_en_cellules, lignes_de(lot, jour))
            lot = []
    yield from map(_en_cellules, lignes_de(lot, jour))


def _en_cellules(ligne: LigneDeTableau) -> list[str | date]:
    contrat, preuve = ligne.contrat, None if ligne.tenue is None else ligne.tenue.preuve
    return [
        contrat.partie,
        "" if contrat.medecin is None else contrat.medecin.rpps,
        contrat.nom_du_cabinet,
        contrat.departement,
        str(contrat.get_option_display()) if contrat.option else f"{(contrat.etp or 0) / 100:g}".replace(".", ","),
        str(contrat.get_etat_display()),
        str(contrat.get_version_signee_display()),
        contrat.signe_le or "",
        contrat.fin or "",
        ligne.echeance,
        contrat.prochaine_le or "",
        "oui" if ligne.en_retard else "",
        ligne.tenue_dite,
        "" if preuve is None else str(preuve.get_nature_display()),
        "" if preuve is None else preuve.du,
    ]  # fmt: skip


@dataclass(frozen=True)
class MoisDArgent:
    """What a caisse pays in a month: cents that sources give at most, and how many payments have no amount."""

    mois: date
    versements: int
    cents: int
    inconnus: int


def mois_a_verser(caisse: int, jour: date) -> list[MoisDArgent]:
    """The payments awaited of the month and of the twelve that follow; a month without any is there too."""
    premier = jour.replace(day=1)
    mois = [ajouter_mois(premier, rang) for rang in range(MOIS)]
    attendus = VersementAttendu.objects.filter(
        caisse=caisse,
        etat=EtatDeVersement.ATTENDU,
        jour__gte=premier,
        jour__lt=ajouter_mois(premier, MOIS),
    )
    par_mois: dict[date, list[int]] = {un: [0, 0, 0] for un in mois}
    lus = (
        attendus.order_by("jour")
        .values("jour")
        .annotate(n=Count("pk"), connus=Count("montant_cents"), cents=Sum("montant_cents"))
    )
    for un in lus:
        if (le := un["jour"]) is None:
            continue
        siens = par_mois[le.replace(day=1)]
        siens[0] += un["n"]
        siens[1] += un["cents"] or 0
        siens[2] += un["n"] - un["connus"]
    return [MoisDArgent(un, *par_mois[un]) for un in mois]


def a_verser_en_retard(caisse: int, jour: date) -> dict[str, Any]:
    """The payments awaited before this month, that nobody said were made."""
    attendus = VersementAttendu.objects.filter(
        caisse=caisse, etat=EtatDeVersement.ATTENDU, jour__lt=jour.replace(day=1)
    )
    return attendus.order_by().aggregate(n=Count("pk"), cents=Sum("montant_cents"))
