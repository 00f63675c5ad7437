"""Contracts read from their rows and their events, for their clocks and payments to be counted: few queries, however many."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.agenda.territoires import TERRITOIRES
from binome.contrats_d_aide.cadran import ABSENCE, QUALIFIENT, SECRETARIAT
from binome.contrats_d_aide.etats import (
    GenreDeContrat,
    GenreDePoste,
    NatureDEvenement,
    QualificationDite,
)
from binome.contrats_d_aide.models import Contrat, EvenementDeContrat, PosteDuContrat
from binome.contrats_d_aide.vie_comptee import UN_JOUR, Amendement, Pause, PosteTenu, VieComptee
from binome.parcours.models import Parcours
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.models import Titre

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from binome.regles.base import Base
    from binome.regles.faits import DefinitionDeFait

QUALIFIE: Final = "deja_certifie"
"""The route of who holds the qualification already: its clocks do not run."""


class Paiement(NamedTuple):
    """What an event says was paid."""

    le: date
    cents: int | None


@dataclass(frozen=True, slots=True)
class VieLue:
    """A contract as its rows tell it. `preuves` are the events that say a clock is done (a rank of 0 for
    that of any post), `paiements` what was paid, by code."""

    contrat: int
    vie: VieComptee
    caisse: int | None = None
    preuves: Mapping[tuple[str, int], int] = field(default_factory=dict)
    paiements: Mapping[str, Paiement] = field(default_factory=dict)

    def preuve(self, code: str, rang: int) -> int | None:
        """The number of the event that says a clock is done."""
        return self.preuves.get((code, rang)) or self.preuves.get((code, 0))


class _Ligne(NamedTuple):
    """The columns of a contract that are read."""

    pk: int
    genre: str
    signe_le: date | None
    fin: date | None
    fini_le: date | None
    departement: str
    option: str
    etp: int | None
    bande: str
    zone: bool | None
    specialite: str | None
    faits: Mapping[str, Any]
    caisse: int | None


class _Fait(NamedTuple):
    """The columns of an event that are read."""

    pk: int
    contrat: int
    nature: str
    du: date
    au: date | None
    poste: int | None
    code: str
    cents: int | None


class _Chemin(NamedTuple):
    """What the path of a person tells of their training."""

    voie: str
    entree: date | None
    qualifie_le: date | None


def lire_les_vies(base: Base, numeros: Sequence[int]) -> list[VieLue]:
    """The signed contracts among those numbers, in their order."""
    lignes = [
        _Ligne(*une)
        for une in Contrat.objects.filter(pk__in=numeros, signe_le__isnull=False)
        .order_by("pk")
        .values_list(
            "pk", "genre", "signe_le", "fin", "fini_le", "departement", "option", "etp", "bande", "zone",
            "medecin__specialite", "faits", "caisse",
        )
    ]  # fmt: skip
    connus = [une.pk for une in lignes]
    evenements = _evenements(connus)
    postes = _postes(connus, evenements)
    suivants = dict(
        Contrat.objects.filter(precedent__in=connus, signe_le__isnull=False)
        .order_by("-signe_le")
        .values_list("precedent", "signe_le")
    )
    definitions = dict(base.vue("echeances").faits) | dict(base.vue("aide").faits)
    return [
        _vie(ligne, definitions, postes[ligne.pk], evenements[ligne.pk], suivants.get(ligne.pk))
        for ligne in lignes
    ]


def _evenements(contrats: Sequence[int]) -> dict[int, list[_Fait]]:
    """Those that nobody took back, in the order of their days."""
    lus = EvenementDeContrat.objects.filter(contrat__in=contrats, annule=None, annule_par=None)
    tries: dict[int, list[_Fait]] = defaultdict(list)
    for valeurs in lus.order_by("du", "pk").values_list(
        "pk", "contrat", "nature", "du", "au", "poste", "code", "montant_cents"
    ):
        fait = _Fait(*valeurs)
        tries[fait.contrat].append(fait)
    return tries


def _vie(
    ligne: _Ligne,
    definitions: Mapping[str, DefinitionDeFait],
    postes: tuple[PosteTenu, ...],
    evenements: Sequence[_Fait],
    suivant: date | None,
) -> VieLue:
    if ligne.signe_le is None or ligne.fin is None:
        raise ValueError("un contrat signé a ses jours")
    tenues, preuves = _tenues(evenements)
    vie = VieComptee(
        faits=faits_de_la_base(definitions, _faits(ligne)),
        signe_le=ligne.signe_le,
        fin=ligne.fin,
        fini_le=ligne.fini_le,
        renouvele_le=suivant,
        suspensions=_suspensions(evenements),
        amendements=tuple(_amendements(evenements)),
        postes=postes,
        tenues=tenues,
        territoire=TERRITOIRES.get(ligne.departement, ""),
    )
    paiements = {
        fait.code: Paiement(fait.du, fait.cents)
        for fait in evenements
        if fait.nature == NatureDEvenement.VERSEMENT
    }
    return VieLue(ligne.pk, vie, ligne.caisse, preuves, paiements)


def _faits(ligne: _Ligne) -> dict[str, Any]:
    """What was given to the rules at the signature, completed by the columns of who gave them nothing."""
    colonnes = {
        "option_etp": ligne.option,
        "bande_activite": ligne.bande,
        "specialite": ligne.specialite,
        "zone_sous_dense": ligne.zone,
        "contrat_collectif": ligne.genre == GenreDeContrat.COLLECTIF,
    }
    faits: dict[str, Any] = {nom: un for nom, un in colonnes.items() if un not in (None, "")}
    if ligne.etp is not None:
        faits["etp"] = ligne.etp / 100
    return {**faits, **ligne.faits}


def faits_de_la_base(
    definitions: Mapping[str, DefinitionDeFait], bruts: Mapping[str, Any]
) -> dict[str, Any]:
    """Facts as JSON kept them, typed as the rules read them; those that the rules no longer know are left."""
    return {
        nom: _typer(definitions[nom], brut)
        for nom, brut in bruts.items()
        if nom in definitions and brut is not None
    }


def _typer(fait: DefinitionDeFait, brut: Any) -> Any:
    match fait.type:
        case "date":
            return date.fromisoformat(brut)
        case "decimal":
            return round(brut * 100)
        case "liste":
            return frozenset(brut)
        case _:
            return brut


def _suspensions(evenements: Iterable[_Fait]) -> tuple[Pause, ...]:
    """Each from its first day to the eve of the day that the contract started again."""
    pauses: list[Pause] = []
    ouverte: _Fait | None = None
    for fait in evenements:
        if fait.nature == NatureDEvenement.SUSPENSION:
            if fait.au is not None:
                pauses.append(Pause(fait.du, fait.au))
            else:
                ouverte = ouverte or fait
        elif fait.nature == NatureDEvenement.REPRISE and ouverte is not None:
            if fait.du > ouverte.du:
                pauses.append(Pause(ouverte.du, fait.du - UN_JOUR))
            ouverte = None
    return (*pauses, *([] if ouverte is None else [Pause(ouverte.du)]))


def _amendements(evenements: Iterable[_Fait]) -> Iterator[Amendement]:
    for fait in evenements:
        if fait.nature == NatureDEvenement.AVENANT and fait.code:
            change = {"etp": int(fait.code)} if fait.code.isdigit() else {"option_etp": fait.code}
            yield Amendement(fait.du, change)


def _tenues(
    evenements: Iterable[_Fait],
) -> tuple[dict[tuple[str, int], date], dict[tuple[str, int], int]]:
    """The clocks that an event says are done, with the day and the event; a code is « suivi_caisse.3 », or of a post."""
    tenues: dict[tuple[str, int], date] = {}
    preuves: dict[tuple[str, int], int] = {}
    for fait in evenements:
        for code, rang in _horloges_dites(fait):
            preuves[code, rang] = fait.pk
            if fait.nature == NatureDEvenement.FAIT:
                tenues[code, rang] = fait.du
    return tenues, preuves


def _horloges_dites(fait: _Fait) -> Iterator[tuple[str, int]]:
    match fait.nature:
        case NatureDEvenement.FAIT:
            code, _, rang = fait.code.partition(".")
            yield code, fait.poste or int(rang or 0)
        case NatureDEvenement.QUALIFICATION if fait.poste:
            for code in QUALIFIENT:
                yield code, fait.poste
        case NatureDEvenement.SECRETARIAT:
            yield SECRETARIAT, 0
        case NatureDEvenement.RETOUR if fait.poste:
            yield ABSENCE, fait.poste
        case _:
            pass


def _postes(
    contrats: Sequence[int], evenements: Mapping[int, Sequence[_Fait]]
) -> dict[int, tuple[PosteTenu, ...]]:
    lus = PosteDuContrat.objects.filter(contrat__in=contrats).exclude(genre=GenreDePoste.TUTEUR)
    lignes = list(lus.order_by("du", "pk").select_related("emploi__salarie"))
    personnes = {
        poste.emploi.salarie.personne_id
        for poste in lignes
        if poste.emploi is not None and poste.emploi.salarie.personne_id is not None
    }
    chemins = _chemins(personnes)
    par_contrat: dict[int, list[PosteDuContrat]] = defaultdict(list)
    for poste in lignes:
        par_contrat[poste.contrat_id].append(poste)
    tenus: dict[int, tuple[PosteTenu, ...]] = defaultdict(tuple)
    for contrat, siens in par_contrat.items():
        remplacee = _secretariat_rempli(siens)
        absences = _absences(evenements[contrat])
        tenus[contrat] = tuple(
            _poste(poste, chemins, remplacee, absences.get(poste.pk, ()))
            for poste in siens
            if poste.genre == GenreDePoste.ASSISTANT
        )
    return tenus


def _secretariat_rempli(postes: Iterable[PosteDuContrat]) -> date | None:
    """The day that the whole time of the secretaries was filled again; None while some is not."""
    jours = [poste.pourvu_le for poste in postes if poste.genre == GenreDePoste.SECRETAIRE]
    remplis = [jour for jour in jours if jour is not None]
    return max(remplis) if remplis and len(remplis) == len(jours) else None


def _absences(evenements: Iterable[_Fait]) -> dict[int, tuple[Pause, ...]]:
    """Those of each post; who came back ends the one that lasts."""
    absences: dict[int, list[Pause]] = defaultdict(list)
    for fait in evenements:
        if fait.poste is None:
            continue
        siennes = absences[fait.poste]
        if fait.nature == NatureDEvenement.ABSENCE:
            siennes.append(Pause(fait.du, fait.au))
        elif fait.nature == NatureDEvenement.RETOUR and siennes and siennes[-1].du < fait.du:
            siennes[-1] = Pause(siennes[-1].du, fait.du - UN_JOUR)
    return {poste: tuple(siennes) for poste, siennes in absences.items()}


def _poste(
    poste: PosteDuContrat,
    chemins: Mapping[int, _Chemin],
    remplacee: date | None,
    absences: tuple[Pause, ...],
) -> PosteTenu:
    """What their path tells wins over what was only said."""
    personne = None if poste.emploi is None else poste.emploi.salarie.personne_id
    chemin = None if personne is None else chemins.get(personne)
    faits: dict[str, Any] = {} if poste.afgsu_le is None else {"afgsu_date": poste.afgsu_le}
    qualifie_le = poste.qualifiee_le
    if chemin is not None:
        faits["voie"] = chemin.voie
        qualifie_le = chemin.qualifie_le or qualifie_le
    elif poste.qualification == QualificationDite.QUALIFIEE and qualifie_le is None:
        faits["voie"] = QUALIFIE
    return PosteTenu(
        cle=poste.pk,
        du=poste.du,
        au=poste.au,
        a_remplacer=poste.promue,
        faits=faits,
        forme_depuis=None if chemin is None else chemin.entree,
        qualifie_le=qualifie_le,
        remplacee_le=remplacee if poste.promue else None,
        absences=absences,
    )


def _chemins(personnes: Iterable[int]) -> dict[int, _Chemin]:
    """The latest path of each person that Binôme follows, and the day of their title."""
    siens = set(personnes)
    if not siens:
        return {}
    titres = dict(
        Titre.objects.filter(
            parcours__dossier__candidat__in=siens,
            etat=EtatDeTitre.DELIVRE,
            nature__in=(NatureDeTitre.CQP, NatureDeTitre.FAE),
        )
        .order_by("-delivre_le")
        .values_list("parcours__dossier__candidat", "delivre_le")
    )
    lus = Parcours.objects.filter(dossier__candidat__in=siens).order_by("ouvert_le", "pk")
    return {
        personne: _Chemin(voie, entree, titres.get(personne))
        for personne, voie, entree in lus.values_list("dossier__candidat", "voie", "entree")
    }
