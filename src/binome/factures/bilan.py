"""The bilan pédagogique et financier of an accounting year (Cerfa 10443*17), from proven minutes and issued invoices.

What the sources do not settle is placed apart or where they lean, and said; what Binôme does not hold is said too. Articles
L6352-11, R6352-22 and R6352-23; the frames are those of `financement_et_normes.md` §B4. Minutes; cents; days both included.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.comptes.roles import CABINET, GROUPEMENT
from binome.factures.etats import NatureDeFacture
from binome.factures.models import LigneDeFacture
from binome.parcours.models import Parcours
from binome.prises_en_charge.etats import TENUES, VoieDePaiement
from binome.prises_en_charge.models import PriseEnCharge
from binome.prises_en_charge.prouve import prouve_entre
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.models import Creneau
from binome.titres.etats import NatureDeTitre
from binome.titres.preparation import nature_du_parcours
from binome.typographie import compter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from binome.comptes.models import Organisation
    from binome.prises_en_charge.prouve import CreneauProuve

A_PLACER: Final = "à placer"
"""The line of what the sources do not settle: who signs the bilan places it."""
PRODUITS: Final[Mapping[str, str]] = {
    "1": "Entreprises, pour la formation de leurs salariés",
    "2b": "Contrats de professionnalisation",
    "2c": "Promotion ou reconversion par alternance (Pro-A)",
    "2e": "Compte personnel de formation",
    "2f": "Dispositifs pour les personnes en recherche d’emploi",
    "2h": "Plan de développement des compétences ou autres dispositifs",
    A_PLACER: "Période de reconversion : aucune ligne de ce formulaire ne la nomme",
}
DES_VOIES: Final[Mapping[str, str]] = {
    VoieDePaiement.CONTRAT_PRO: "2b",
    VoieDePaiement.PRO_A: "2c",
    VoieDePaiement.CPF: "2e",
    VoieDePaiement.POEI: "2f",
    VoieDePaiement.POEC: "2f",
    VoieDePaiement.PDC: "2h",
    VoieDePaiement.RECONVERSION: A_PLACER,
}
PUBLICS: Final[Mapping[str, str]] = {
    "a": "Salariés d’employeurs privés, hors apprentis",
    "c": "Personnes en recherche d’emploi",
    "e": "Autres stagiaires",
}
OBJECTIFS: Final[Mapping[str, str]] = {
    "a, niveau 4": "Certification enregistrée au RNCP, niveau 4 : le CQP",
    "d": "Autres formations professionnelles : l’adaptation à l’emploi (FAE)",
}
SPECIALITE: Final = "331"
NOMS_DES_SPECIALITES: Final[Mapping[str, str]] = {SPECIALITE: "Santé"}
ENTREPRISES: Final = (CABINET, GROUPEMENT)


@dataclass(frozen=True)
class LigneDuBilan:
    """A line: its code, its words, people and minutes or cents; `liste` names what it counts, each with its number."""

    code: str
    libelle: str
    personnes: int = 0
    minutes: int = 0
    cents: int = 0
    liste: tuple[tuple[int, str], ...] = ()

    @property
    def heures(self) -> int:
        """Hours, rounded half up, as the form asks for whole ones."""
        return (self.minutes + 30) // 60

    @property
    def euros(self) -> int:
        """Euros, rounded half up."""
        return (self.cents + 50) // 100


@dataclass(frozen=True)
class BilanPedagogique:
    """The frames that Binôme computes, and what is left to who signs."""

    organisme: Organisation
    du: date
    au: date
    produits: tuple[LigneDuBilan, ...]
    formateurs: LigneDuBilan
    f1: tuple[LigneDuBilan, ...]
    f3: tuple[LigneDuBilan, ...]
    f4: tuple[LigneDuBilan, ...]
    a_distance: int
    a_resoudre: tuple[str, ...]

    @property
    def total_des_produits(self) -> int:
        """Cents billed, less what was taken back."""
        return sum(une.cents for une in self.produits)

    @property
    def totaux(self) -> tuple[tuple[int, int], ...]:
        """People and minutes of F-1, F-3 and F-4, which are the same three times."""
        return tuple(
            (sum(une.personnes for une in cadre), sum(une.minutes for une in cadre))
            for cadre in (self.f1, self.f3, self.f4)
        )

    @property
    def concorde(self) -> bool:
        """Whether F-1, F-3 and F-4 agree, as the form checks."""
        return len(set(self.totaux)) == 1


def bilan(organisme: Organisation, du: date, au: date) -> BilanPedagogique:
    """The bilan of an accounting year. A person whose training spans two years is counted in each, for the hours of each."""
    tous = Parcours.objects.filter(organisme=organisme).order_by("pk")
    prouve = prouve_entre(list(tous.values_list("pk", flat=True)), du, au)
    minutes = {numero: sum(un.minutes for un in siens) for numero, siens in prouve.items() if siens}
    suivis = [un for un in tous.select_related("dossier") if un.pk in minutes]
    publics, sans_employeur = _publics(suivis)
    objectifs, sans_objectif = _objectifs(suivis)
    produits = _produits(organisme, du, au)
    formateurs = _formateurs(organisme, du, au)
    return BilanPedagogique(
        organisme, du, au, produits, formateurs,
        _lignes(PUBLICS, publics, suivis, minutes),
        _lignes(OBJECTIFS, objectifs, suivis, minutes),
        _lignes(NOMS_DES_SPECIALITES, {un.pk: SPECIALITE for un in suivis}, suivis, minutes),
        _a_distance(prouve),
        tuple(_a_resoudre(produits, sans_employeur, sans_objectif, formateurs)),
    )  # fmt: skip


def _lignes(
    mots: Mapping[str, str],
    codes: Mapping[int, str],
    suivis: Iterable[Parcours],
    minutes: Mapping[int, int],
) -> tuple[LigneDuBilan, ...]:
    par_code: defaultdict[str, list[Parcours]] = defaultdict(list)
    for un in suivis:
        par_code[codes[un.pk]].append(un)
    return tuple(
        LigneDuBilan(
            code, mot, len(par_code[code]), sum(minutes[un.pk] for un in par_code[code]),
            liste=tuple((un.pk, un.dossier.reference) for un in par_code[code]),
        )
        for code, mot in mots.items()
    )  # fmt: skip


def _publics(suivis: Iterable[Parcours]) -> tuple[dict[int, str], int]:
    """Which line of F-1 each path is of; how many have no known employer."""
    numeros = [un.pk for un in suivis]
    prises = PriseEnCharge.objects.filter(parcours__in=numeros, etat__in=TENUES).order_by()
    cherchent, employes = set(), set()
    for parcours, voie, employeur in prises.values_list("parcours", "voie", "employeur"):
        if voie in (VoieDePaiement.POEI, VoieDePaiement.POEC):
            cherchent.add(parcours)
        elif employeur:
            employes.add(parcours)
    codes = {}
    for un in suivis:
        if un.pk in cherchent:
            codes[un.pk] = "c"
        else:
            codes[un.pk] = "a" if un.pk in employes or un.dossier.employeur else "e"
    return codes, sum(code == "e" for code in codes.values())


def _objectifs(suivis: Iterable[Parcours]) -> tuple[dict[int, str], int]:
    """Which line of F-3 each path is of; how many lead to neither of both."""
    codes, sans = {}, 0
    for un in suivis:
        nature = nature_du_parcours(un)
        codes[un.pk] = "a, niveau 4" if nature == NatureDeTitre.CQP else "d"
        sans += nature not in (NatureDeTitre.CQP, NatureDeTitre.FAE)
    return codes, sans


def _produits(organisme: Organisation, du: date, au: date) -> tuple[LigneDuBilan, ...]:
    """What was billed in the year, by the origin of the money, less credit notes of the year."""
    lignes = LigneDeFacture.objects.filter(
        facture__organisme=organisme, facture__le__gte=du, facture__le__lte=au
    ).select_related("facture__payeur", "facture__prise_en_charge")
    cents: defaultdict[str, int] = defaultdict(int)
    listes: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for une in lignes.order_by("facture", "pk"):
        prise, payeur = une.facture.prise_en_charge, une.facture.payeur
        entreprise = not prise.subrogation or (payeur is not None and payeur.genre in ENTREPRISES)
        code = "1" if entreprise else DES_VOIES[prise.voie]
        cents[code] += (
            une.montant_cents if une.sens == NatureDeFacture.FACTURE else -une.montant_cents
        )
        listes[code][une.facture_id] = une.facture.numero
    return tuple(
        LigneDuBilan(code, mot, cents=cents[code], liste=tuple(listes[code].items()))
        for code, mot in PRODUITS.items()
        if code != A_PLACER or listes[code]
    )


def _formateurs(organisme: Organisation, du: date, au: date) -> LigneDuBilan:
    """Who taught, and the minutes of the slots that froze."""
    geles = Creneau.objects.filter(
        session__organisme=organisme,
        etat=EtatDeCreneau.GELE,
        debut__date__gte=du,
        debut__date__lte=au,
    )
    lus = list(geles.order_by().values_list("formateur", "minutes"))
    return LigneDuBilan(
        "E", "Formateurs et formatrices, internes et externes", len({un for un, _ in lus if un}),
        sum(minutes for _, minutes in lus),
    )  # fmt: skip


def _a_distance(prouve: Mapping[int, Iterable[CreneauProuve]]) -> int:
    """How many followed at least one slot at a distance."""
    suivent: defaultdict[int, set[int]] = defaultdict(set)
    for parcours, siens in prouve.items():
        for un in siens:
            suivent[un.creneau].add(parcours)
    distants = Creneau.objects.filter(pk__in=suivent, modalite=ModaliteDeCreneau.A_DISTANCE)
    return len(
        {
            un
            for creneau in distants.order_by().values_list("pk", flat=True)
            for un in suivent[creneau]
        }
    )


def _a_resoudre(
    produits: Iterable[LigneDuBilan], sans_employeur: int, sans_objectif: int, formateurs: LigneDuBilan
) -> Iterable[str]:  # fmt: skip
    """What the sources do not settle, and what Binôme does not hold, in sentences."""
    if any(une.code == A_PLACER for une in produits):
        yield (
            "La période de reconversion n’a pas encore de ligne : 2c ou 2h, aucune source ne tranche. Placez cette somme avant "
            "de déclarer."
        )
    if sans_employeur:
        yield (
            f"{compter(sans_employeur, 'personne')} sans employeur connu : comptées en F-1 e. Déplacez celles qui cherchent "
            "un emploi, ou qui paient elles-mêmes."
        )
    if sans_objectif:
        yield (
            f"{compter(sans_objectif, 'parcours', 'parcours')} vers un bloc seul ou un autre but : compté en F-3 d. Les sources "
            "ne disent pas si un bloc du CQP va en a ou en d."
        )
    if formateurs.personnes:
        yield "Cadre E : Binôme ne sait pas qui est de votre personnel et qui est extérieur. Partagez cette ligne."
    yield "Cadre D (charges) : votre comptabilité seule le dit."
    yield "Cadres F-2 et G (confié à un autre organisme, ou par un autre) : Binôme ne le sait pas."
    yield "Part du chiffre d’affaires global : votre comptabilité seule la dit."
