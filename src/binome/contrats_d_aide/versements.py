"""The payments that a caisse owes under an aid contract: how much at most, when, by which rule of which version.

A year is decided by the rule base under its own first day, as everywhere. What no source gives stays unknown: the day of a second
half, all those of a contract signed before May 2023 after its first year, all those of a collective contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from binome.contrats_d_aide.cadran import apres_des_mois
from binome.contrats_d_aide.vie_comptee import UN_JOUR
from binome.regles.calendrier import date_en_clair
from binome.regles.metiers.aide import ANNEES, VUE
from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.contrats_d_aide.vie_comptee import VieComptee
    from binome.regles.base import Base

ATTENDU: Final = "attendu"
SUSPENDU: Final = "suspendu"
SANS_OBJET: Final = "sans_objet"
MONTANT: Final = "bareme-aide"
PARTS: Final = "versement-aide"
DELAIS: Final = ("delai-versement", "delai-versement-embauche")
SANS_JOUR: Final = "Aucune source ne dit quel jour."
SANS_CALENDRIER: Final = (
    "Nous ne savons pas en combien de fois, ni quand : aucune source ne le dit."
)
SANS_EMBAUCHE: Final = "Le jour du recrutement manque : il dit quand."
SOLDE: Final = "Le solde : aucune source ne dit quand."
SUSPENDUE: Final = (
    "L’aide est suspendue. Aucune source ne dit si le temps de la suspension est payé ensuite."
)
AMENDEE: Final = (
    "Le contrat change dans l’année. Aucune source ne dit ce que devient l’aide de cette année-là."
)
FINIE: Final = "Le contrat a fini dans l’année. Aucune source ne dit ce qui en reste dû."


@dataclass(frozen=True, slots=True)
class VersementCompte:
    """One payment: the `numero`-th of the `rang`-th year, that runs from `du` to `au`, both included. Cents, at most.

    `jour` is the day that a source gives, None where none does. `dits` say what is not known of it. `repousse` is the same day, moved
    by as long as the contract was suspended before it; None where it was not.
    """

    rang: int
    numero: int
    du: date
    au: date
    jour: date | None
    au_plus: int | None
    etat: str
    dits: tuple[str, ...]
    sources: tuple[str, ...]
    repousse: date | None = None

    @property
    def code(self) -> str:
        """How an event names it: « 3.1 »."""
        return f"{self.rang}.{self.numero}"


@dataclass(frozen=True, slots=True)
class AnneeComptee:
    """What a year of a contract promises, as the rule base gives it: the amounts of its view, in cents and in months.

    `sources` are left out where many contracts are counted together.
    """

    rang: int
    du: date
    au: date
    montants: Mapping[str, int | None]
    sources: tuple[str, ...] = ()

    @property
    def aide(self) -> int | None:
        """The most that the aid may be that year."""
        return self.montants.get("aide_max_cents")


def annees_a_compter(vie: VieComptee) -> Iterator[tuple[int, date, date, dict[str, Any]]]:
    """Each year of a contract: its rank, its first and last days, and the facts that decide it."""
    for rang in range(1, ANNEES + 1):
        # Counted from the signature, not from year to year: a 29 February comes back in leap years.
        du, suivante = (apres_des_mois(vie.signe_le, 12 * nombre) for nombre in (rang - 1, rang))
        siens = {"date_signature_contrat_aide": vie.signe_le, "annee": rang, "debut_annee": du}
        yield rang, du, suivante - UN_JOUR, {**vie.faits_le(du), **siens}


def annees_comptees(base: Base, vie: VieComptee) -> tuple[AnneeComptee, ...]:
    """The five years of a contract, under the facts of its signature and of its amendments."""
    vue = base.vue(VUE)
    return tuple(_annee(vue, *annee) for annee in annees_a_compter(vie))


def _annee(vue: Base, rang: int, du: date, au: date, faits: Mapping[str, Any]) -> AnneeComptee:
    dossier = vue.completer({nom: faits.get(nom) for nom in vue.faits})
    conclusion = vue.moteur.decider(dossier)
    montants = compteur(vue).compter(conclusion.etabli, conclusion.dossier)
    retenues = {conclusion.etabli.retenues[table] for table in (MONTANT, PARTS, *DELAIS)}
    sources = tuple(
        str(citation)
        for etape in conclusion.etapes
        if etape.regle.id in retenues
        for citation in etape.regle.sources
    )
    return AnneeComptee(rang, du, au, montants, tuple(dict.fromkeys(sources)))


def compter_les_versements(
    annees: tuple[AnneeComptee, ...], vie: VieComptee
) -> tuple[VersementCompte, ...]:
    """Every payment of the years of a contract."""
    return tuple(versement for annee in annees for versement in _de_l_annee(annee, vie))


def _de_l_annee(annee: AnneeComptee, vie: VieComptee) -> Iterator[VersementCompte]:
    premier, second = (annee.montants.get(f"versement_{rang}_cents") for rang in (1, 2))
    if premier is None or second is None:
        yield _versement(annee, vie, 1, None, annee.aide, (SANS_CALENDRIER,))
        return
    jour, pourquoi = _jour(annee, vie)
    yield _versement(annee, vie, 1, jour, premier, pourquoi)
    if second:
        yield _versement(annee, vie, 2, None, second, (SOLDE if annee.rang == 1 else SANS_JOUR,))


def _jour(annee: AnneeComptee, vie: VieComptee) -> tuple[date | None, tuple[str, ...]]:
    mois, jours = (annee.montants.get(f"versement_{unite}") for unite in ("mois", "jours"))
    if mois is not None:
        return apres_des_mois(annee.du, mois), ()
    if jours is None:
        return None, (SANS_JOUR,)
    embauches = [poste.du for poste in vie.postes]
    if not embauches:
        return None, (SANS_EMBAUCHE,)
    return min(embauches) + timedelta(days=jours), ()


def _versement(
    annee: AnneeComptee,
    vie: VieComptee,
    numero: int,
    jour: date | None,
    au_plus: int | None,
    dits: tuple[str, ...],
) -> VersementCompte:
    etat, repousse = ATTENDU, None
    if vie.fini_le is not None and annee.du > vie.fini_le:
        etat, dits = SANS_OBJET, (f"Le contrat a fini le {date_en_clair(vie.fini_le)}.",)
    elif vie.fini_le is not None and vie.fini_le < min(annee.au, vie.fin):
        dits = (*dits, FINIE)
    if any(annee.du < amendement.du <= annee.au for amendement in vie.amendements):
        dits = (*dits, AMENDEE)
    if etat == ATTENDU:
        touchees = [pause for pause in vie.suspensions if pause.touche(annee.du, annee.au)]
        if touchees:
            dits = (*dits, SUSPENDUE)
        if any(pause.au is None and (jour is None or pause.du <= jour) for pause in touchees):
            etat = SUSPENDU
        recul = 0 if jour is None else vie.recul(jour)
        if jour is not None and recul:
            repousse = jour + timedelta(days=recul)
    return VersementCompte(
        annee.rang, numero, annee.du, annee.au, jour, au_plus, etat, dits, annee.sources, repousse
    )
