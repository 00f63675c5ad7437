"""Fourth reading: what would change the answer.

Over the facts a person can act on, or that time will change, every minimal set of changes (three
at most) that reaches a better answer, the lightest first; each is checked by really deciding again.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.bornes import comparaisons, dates_de_fenetre
from binome.regles.calendrier import ajouter_mois
from binome.regles.decider import AUCUNE
from binome.regles.dire import enumerer
from binome.regles.faits import faits_en_json, verifier_coherences
from binome.regles.jugement import Note
from binome.regles.regle import NON, OUI

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.base import Base, Levier
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.jugement import Juge

TAILLE: Final = 3
ATTENTE: Final = "attente"
"""The mode of a lever that takes the time that it counts."""
GAGNER: Final = "gagner"
OUVRIR: Final = "ouvrir"
"""What a person waits for: less to follow, or an answer that opens."""
RANGS_D_ISSUE: Final = {OUI: 0, None: 1, NON: 2, AUCUNE: 2}


class Changement(NamedTuple):
    """One lever pulled to one value: the facts it sets, and the words for it."""

    levier: Levier
    rang: int
    faits: Mapping[str, Valeur | None]
    texte: str
    portee: frozenset[tuple[str, int]]
    """This lever with its rank, and with every lesser one."""

    def attend_trop(self, dossier: Dossier, pour: str) -> bool:
        """Whether it puts a date off by more months than what it brings is worth."""
        jour = self.levier.jour or self.levier.fait
        mois, avant, apres = self.levier.patience.get(pour), dossier[jour], self.faits.get(jour)
        if mois is None or not isinstance(avant, date) or not isinstance(apres, date):
            return False
        return apres > ajouter_mois(avant, mois)

    @property
    def pas(self) -> tuple[str, int]:
        """This lever with its rank."""
        return self.levier.id, self.rang


class Bascule(NamedTuple):
    """A minimal set of changes, and the better answer it reaches."""

    changements: tuple[Changement, ...]
    dossier: Dossier
    etabli: Etabli
    minutes: int | None
    note: Note
    battue: Note
    """How good the answer was before."""

    @property
    def faits(self) -> dict[str, Valeur | None]:
        """The facts to change, with their new values."""
        return {nom: self.dossier[nom] for c in self.changements for nom in c.faits}

    def en_clair(self, suite: str) -> str:
        """`Avec un parcours de 8 mois : cette voie s’ouvre.`"""
        return f"Avec {enumerer([changement.texte for changement in self.changements])} : {suite}."

    def en_json(self, base: Base, donne: Mapping[str, object], suite: str) -> dict[str, object]:
        """The changes, what they give, and the sentence, as the JSON contracts fix them."""
        return {
            "changements": faits_en_json(base.faits, self.faits),
            "donne": dict(donne),
            "texte": self.en_clair(suite),
        }


@lru_cache(maxsize=128)
def _seuils(base: Base, fait: str) -> tuple[int, ...]:
    trouves = {
        atome.attendu
        for atome in comparaisons(base, "prepare", "decide")
        if atome.fait == fait and atome.operateur == "au_moins" and isinstance(atome.attendu, int)
    }
    return tuple(sorted(trouves))


def _valeurs(base: Base, levier: Levier, dossier: Dossier) -> Iterator[Mapping[str, Valeur]]:
    """What a lever can set, from the nearest to the farthest."""
    actuelle = dossier[levier.fait]
    match levier.mode:
        case "seuils" if isinstance(actuelle, int):
            for seuil in _seuils(base, levier.fait):
                if seuil > actuelle:
                    yield {levier.fait: seuil}
        case mode if mode == ATTENTE and isinstance(actuelle, int):
            # Months are time: whoever has more of them comes later.
            prevu = dossier[levier.jour]
            for seuil in _seuils(base, levier.fait):
                if seuil > actuelle and isinstance(prevu, date):
                    yield {levier.fait: seuil, levier.jour: ajouter_mois(prevu, seuil - actuelle)}
        case "plage" if isinstance(actuelle, int):
            premier, dernier = (int(borne) for borne in levier.valeurs)
            autres = (un for un in range(premier, dernier + 1) if un != actuelle)
            yield from (
                {levier.fait: un} for un in sorted(autres, key=lambda un: abs(un - actuelle))
            )
        case "valeurs":
            for valeur in levier.valeurs:
                if actuelle is not None and actuelle != valeur:
                    yield {levier.fait: valeur}
        case "ajout" if isinstance(actuelle, frozenset):
            for code in levier.valeurs:
                if code not in actuelle:
                    yield {levier.fait: actuelle | {str(code)}}
        case "plus_tard" if isinstance(actuelle, date):
            for jour in dates_de_fenetre(base, levier.fait, "prepare", "decide"):
                if jour > actuelle:
                    yield {levier.fait: jour}
        case mode if mode in base.apport.leviers:
            yield from base.apport.leviers[mode](levier, dossier)


def _changements(base: Base, levier: Levier, dossier: Dossier) -> list[Changement]:
    fait, actuelle = base.faits[levier.fait], dossier[levier.fait]
    resultat = []
    for rang, faits in enumerate(_valeurs(base, levier, dossier)):
        valeur = faits[levier.fait]
        ecart = valeur - actuelle if isinstance(valeur, int) and isinstance(actuelle, int) else None
        jour = base.faits[levier.jour].en_clair(faits[levier.jour]) if levier.jour else ""
        texte = levier.texte.format(
            valeur=fait.en_clair(valeur), ecart=fait.en_clair(ecart), jour=jour
        )
        portee = frozenset((levier.id, moindre) for moindre in range(rang + 1))
        oublies = [nom for nom, dit in levier.oublie.items() if dossier[nom] in dit]
        changes = {**faits, **dict.fromkeys(oublies)}
        resultat.append(Changement(levier, rang, changes, texte, portee))
    return resultat


class JugeDUneCible:
    """Grades the answer of one table of requirements: yes, unknown, no."""

    def __init__(self, base: Base, cible: str) -> None:
        self._moteur = base.moteur
        self._cible = cible

    def juger(self, dossier: Dossier) -> tuple[Note, Etabli, int | None]:
        """The note, what was decided, and no amount."""
        etabli = self._moteur.resoudre(dossier)
        return Note(RANGS_D_ISSUE[etabli.retenues[self._cible]], 0, 0), etabli, None

    def depart(self, dossier: Dossier) -> Note:
        """The note to beat: only a yes is worth a change, not a question more."""
        return min(self.juger(dossier)[0], Note(RANGS_D_ISSUE[None], 0, 0))


def _compatibles(choix: tuple[Changement, ...], dossier: Dossier, base: Base) -> Dossier | None:
    """The changed dossier, or None when two changes collide or its facts deny each other."""
    change: Dossier = dict(dossier)
    poses: Dossier = {}
    for changement in choix:
        for nom, valeur in changement.faits.items():
            pose = poses.get(nom)
            if isinstance(valeur, frozenset):
                deja = change[nom]
                valeur |= deja if isinstance(deja, frozenset) else frozenset()  # noqa: PLW2901
            elif pose is not None and valeur is not None and valeur != pose:
                return None  # two days of entry, say
            poses[nom] = change[nom] = pose if valeur is None else valeur
    changes = {nom for changement in choix for nom in changement.faits}
    touchees = (une for une in base.coherences if not changes.isdisjoint(une.faits))
    if verifier_coherences(change, touchees):
        return None
    return base.completer(change)


def _pour_rien(
    choix: tuple[Changement, ...], dossier: Dossier, change: Dossier, note: Note, juge: Juge
) -> bool:
    """Whether an experience is gained for nothing: the time that it takes does as well alone."""
    attendues = {
        un.levier.fait: dossier[un.levier.fait] for un in choix if un.levier.mode == ATTENTE
    }
    return bool(attendues) and juge.juger({**change, **attendues})[0] <= note


def basculer(
    base: Base, dossier: Dossier, taille: int = TAILLE, juge: Juge | None = None
) -> list[Bascule]:
    """Every minimal set of changes that reaches a better answer, the lightest first.

    `juge` says what is better; the one of the view's trade, unless told otherwise. Raises ValueError
    when neither does.

    Minimal: no part of the set, nor the same levers pulled less far, does as well. A lever pulled
    farther is kept only where it reaches a still better answer (24 months after 12, say).
    """
    if juge is None:
        if base.apport.juge is None:
            msg = f"rien ne dit ce qui vaut mieux dans la vue « {base.question.nom} »"
            raise ValueError(msg)
        juge = base.apport.juge(base)
    depart = juge.depart(dossier)
    leviers = [_changements(base, levier, dossier) for levier in base.leviers]
    leviers = [choix for choix in leviers if choix]
    retenues: list[Bascule] = []
    pas_retenus: list[frozenset[tuple[str, int]]] = []
    for nombre in range(1, taille + 1):
        candidats = (c for groupe in combinations(leviers, nombre) for c in product(*groupe))
        for choix in sorted(candidats, key=lambda c: sum(un.rang for un in c)):
            portee = frozenset().union(*(changement.portee for changement in choix))
            moindres = [rang for rang, pas in enumerate(pas_retenus) if pas <= portee]
            if any(len(pas_retenus[rang]) < nombre for rang in moindres):
                continue
            change = _compatibles(choix, dossier, base)
            if change is None:
                continue
            note, etabli, minutes = juge.juger(change)
            gagne = note[:2] == depart[:2]  # fewer hours, say, and nothing that opens
            if gagne and any(un.levier.ouvre for un in choix):
                continue
            if any(un.attend_trop(dossier, GAGNER if gagne else OUVRIR) for un in choix):
                continue
            if note < depart and _pour_rien(choix, dossier, change, note, juge):
                continue
            if note < depart and all(note < retenues[rang].note for rang in moindres):
                retenues.append(Bascule(choix, change, etabli, minutes, note, depart))
                pas_retenus.append(frozenset(changement.pas for changement in choix))
    return sorted(retenues, key=_effort)


def _effort(bascule: Bascule) -> tuple[int, int, Note]:
    effort = sum(c.levier.effort + c.rang for c in bascule.changements)
    return (len(bascule.changements), effort, bascule.note)
