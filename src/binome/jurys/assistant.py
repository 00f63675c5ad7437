"""Who is proposed for the seats of juries to come, with why; nothing is decided, and nothing is written, until a person chooses."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from binome.formations.voisinage import frontieres
from binome.jurys.composition import EN_FRONTIERES, Disponibilite, JuryACompo, composer
from binome.jurys.composition_exacte import composer_au_mieux
from binome.jurys.conflits import raisons_d_ecart
from binome.jurys.conflits_lus import jures_de, presentes_de
from binome.jurys.etats import ASSISES, EtatDeMembre, EtatDePresentation
from binome.jurys.models import MembreDeJury, PlaceAuJury, Presentation
from binome.jurys.seance import reglement_le
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from binome.jurys.composition import Composition
    from binome.jurys.conflits import Jure, Presente
    from binome.jurys.models import Jury, ReglementDeJury


@dataclass(frozen=True)
class Pressenti:
    """Somebody who may be given a seat: proposed or not, what stands in the way, who was passed over for them, with why.

    `raisons` are kept with the seat: a number and a sentence each; `passees` are the same, with names. `loin` says how far they come from.
    """

    membre: MembreDeJury
    propose: bool
    empeche: tuple[str, ...]
    raisons: tuple[tuple[int, str], ...] = ()
    passees: tuple[str, ...] = ()
    loin: str = ""
    homonyme: bool = False
    """Whether they bear the family name of somebody presented: it proves nothing, and is worth a question."""


@dataclass(frozen=True)
class PropositionDePlaces:
    """What is proposed for a jury: everybody who may sit, those proposed first, and what it lacks, in sentences."""

    jury: Jury
    reglement: ReglementDeJury | None
    pressentis: tuple[Pressenti, ...]
    manque: tuple[str, ...]
    assis: int

    @property
    def proposes(self) -> list[Pressenti]:
        """Those proposed."""
        return [un for un in self.pressentis if un.propose]


@dataclass(frozen=True)
class MesureDesPlaces:
    """Fairness and distance, beside each other: `ecart` is the most juries of one person less the fewest, `frontieres` the borders of
    départements that all of them cross, one way, `inconnues` the seats whose distance nobody knows, `complets` the juries that may sit, of `jurys` that had nobody yet."""

    jurys: int = 0
    ecart: int = 0
    frontieres: int = 0
    inconnues: int = 0
    complets: int = 0


@dataclass(frozen=True)
class Propositions:
    """What is proposed for several juries, and how it measures; `vite` the same of the quick way, beside what was searched longer."""

    jurys: tuple[PropositionDePlaces, ...]
    mesure: MesureDesPlaces
    vite: MesureDesPlaces | None = None


def proposer_des_places(jurys: Sequence[Jury], *, au_mieux: bool = False) -> Propositions:
    """A composition for juries of one branch: each seat with its reasons, what is missing explained; few queries, however many.

    A jury that has seats already keeps them: the others who may sit are listed with what stands in the way. `au_mieux` asks the
    solver, and says what the quick way would have given. Raises SolveurAbsent where it is not installed.
    """
    if not jurys:
        return Propositions((), MesureDesPlaces())
    branche = jurys[0].branche_id
    membres = list(
        MembreDeJury.objects.filter(branche=branche, etat=EtatDeMembre.INSCRIT).order_by("pk")
    )
    jures = {un.code: un for un in jures_de(membres)}
    presentes, noms_presentes = _presentes(jurys, membres)
    pris, charges, assis = _deja_assis(branche, jurys)
    reglements = {un.pk: reglement_le(branche, un.jour) for un in jurys}
    vides = [un for un in jurys if not assis[un.pk] and reglements[un.pk] is not None]
    sieges: dict[int, dict[int, tuple[tuple[int, str], ...]]] = {}
    manques: dict[int, tuple[str, ...]] = {}
    loin = _distances(jurys, membres)
    faites: list[Composition] = []
    vites: list[Composition] = []
    for reglement, siens in _par_reglement(vides, reglements):
        faits = (
            [JuryACompo(un.pk, un.jour, tuple(presentes[un.pk])) for un in siens],
            [_disponible(un, jures[un.pk], pris[un.pk], charges[un.pk]) for un in membres],
            reglement.regles,
            loin,
            EN_FRONTIERES,
        )
        vites.append(composer(*faits))
        faites.append(composer_au_mieux(*faits) if au_mieux else vites[-1])
        for compose in faites[-1].jurys:
            manques[compose.jury.code] = compose.manque
            sieges[compose.jury.code] = {un.jure.code: un.raisons for un in compose.sieges}
    return Propositions(
        tuple(
            PropositionDePlaces(
                un,
                reglements[un.pk],
                _pressentis(
                    un, membres, jures, presentes[un.pk], sieges.get(un.pk, {}), pris, charges, assis[un.pk],
                    loin, noms_presentes[un.pk],
                ),
                manques.get(un.pk, ()),
                len(assis[un.pk]),
            )
            for un in jurys
        ),
        _mesurer(faites),
        _mesurer(vites) if au_mieux else None,
    )  # fmt: skip


def _mesurer(compositions: Sequence[Composition]) -> MesureDesPlaces:
    return MesureDesPlaces(
        sum(len(une.jurys) for une in compositions),
        max((une.ecart for une in compositions), default=0),
        sum(une.distance for une in compositions),
        sum(une.inconnues for une in compositions),
        sum(une.complets for une in compositions),
    )


def _distances(
    jurys: Sequence[Jury], membres: Sequence[MembreDeJury]
) -> dict[tuple[int, int], int]:
    """The borders of départements from each juror to each jury, where both are known and a road leads."""
    depuis = {un.departement: frontieres({un.departement}) for un in jurys if un.departement}
    return {
        (membre.pk, jury.pk): pas
        for jury in jurys
        if jury.departement
        for membre in membres
        if membre.departement
        and (pas := depuis[jury.departement].get(membre.departement)) is not None
    }


def distance_dite(pas: int | None) -> str:
    """How far somebody comes from, as one says it."""
    if pas is None:
        return "distance inconnue"
    if pas == 0:
        return "vient du même département"
    return "vient d’un département voisin" if pas == 1 else f"vient de {pas} départements plus loin"


def _par_reglement(
    jurys: Sequence[Jury], reglements: Mapping[int, ReglementDeJury | None]
) -> Iterable[tuple[ReglementDeJury, list[Jury]]]:
    groupes: defaultdict[int, list[Jury]] = defaultdict(list)
    tenus: dict[int, ReglementDeJury] = {}
    for un in jurys:
        reglement = reglements[un.pk]
        if reglement is not None:
            tenus[reglement.pk] = reglement
            groupes[reglement.pk].append(un)
    return [(tenus[numero], siens) for numero, siens in groupes.items()]


def _presentes(
    jurys: Sequence[Jury], membres: Sequence[MembreDeJury]
) -> tuple[defaultdict[int, list[Presente]], defaultdict[int, set[str]]]:
    """Those presented to each jury, and their family names."""
    rendus: defaultdict[int, list[Presente]] = defaultdict(list)
    noms: defaultdict[int, set[str]] = defaultdict(set)
    lues = Presentation.objects.filter(jury__in=jurys).exclude(etat=EtatDePresentation.RETIREE)
    presentations = list(lues.select_related("parcours__dossier").order_by("pk"))
    connus = presentes_de([une.parcours for une in presentations], membres)
    for une in presentations:
        rendus[une.jury_id].append(connus[une.parcours_id])
        dossier = une.parcours.dossier
        noms[une.jury_id] |= {plier(dossier.nom), plier(dossier.nom_de_naissance)} - {""}
    return rendus, noms


def _deja_assis(
    branche: int, jurys: Sequence[Jury]
) -> tuple[defaultdict[int, set[date]], Counter[int], defaultdict[int, set[int]]]:
    """The days when each member sits already, how many juries that makes from the first of these on, who sits in each jury."""
    depuis = min(un.jour for un in jurys)
    tenues = PlaceAuJury.objects.filter(
        jury__branche=branche, jury__jour__gte=depuis, etat__in=ASSISES
    )
    pris: defaultdict[int, set[date]] = defaultdict(set)
    charges: Counter[int] = Counter()
    assis: defaultdict[int, set[int]] = defaultdict(set)
    for membre, jury, jour in tenues.order_by("pk").values_list("membre", "jury", "jury__jour"):
        pris[membre].add(jour)
        charges[membre] += 1
        assis[jury].add(membre)
    return pris, charges, assis


def _jours(membre: MembreDeJury) -> frozenset[date]:
    return frozenset(date.fromisoformat(un) for un in membre.jours)


def _disponible(membre: MembreDeJury, jure: Jure, pris: set[date], charge: int) -> Disponibilite:
    return Disponibilite(jure, _jours(membre) - pris, max(0, membre.au_plus - charge))


def _pressentis(
    jury: Jury,
    membres: Sequence[MembreDeJury],
    jures: Mapping[int, Jure],
    presentes: Sequence[Presente],
    sieges: Mapping[int, tuple[tuple[int, str], ...]],
    pris: Mapping[int, set[date]],
    charges: Mapping[int, int],
    assis: set[int],
    loin: Mapping[tuple[int, int], int],
    noms_presentes: Collection[str],
) -> tuple[Pressenti, ...]:
    noms = {un.pk: str(un) for un in membres}
    rendus = []
    for un in membres:
        if un.pk in assis:
            continue
        empeche = list(raisons_d_ecart(jures[un.pk], presentes))
        if jury.jour not in _jours(un):
            empeche.append("n’a pas dit être libre ce jour-là")
        if jury.jour in pris.get(un.pk, ()):
            empeche.append("siège ailleurs ce jour-là")
        if charges.get(un.pk, 0) >= un.au_plus:
            empeche.append(f"a déjà {un.au_plus} jurys")
        raisons = sieges.get(un.pk, ())
        rendus.append(
            Pressenti(
                un,
                un.pk in sieges,
                tuple(empeche),
                raisons,
                tuple(f"{noms[numero]} : {pourquoi}" for numero, pourquoi in raisons),
                distance_dite(loin.get((un.pk, jury.pk))),
                plier(un.nom) in noms_presentes,
            )
        )
    return tuple(sorted(rendus, key=lambda un: (not un.propose, bool(un.empeche), str(un.membre))))
