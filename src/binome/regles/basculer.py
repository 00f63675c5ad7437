"""Fourth reading: what would change the answer.

Over the facts a person can act on, or that time will change, every minimal set of changes (three
at most) that reaches a better answer, the lightest first; each is checked by really deciding again.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial, reduce
from itertools import combinations, product
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.bornes import comparaisons, dates_de_fenetre
from binome.regles.calendrier import ajouter_mois
from binome.regles.decider import AUCUNE
from binome.regles.dire import enumerer
from binome.regles.faits import faits_en_json
from binome.regles.jugement import Note
from binome.regles.regle import NON, OUI
from binome.regles.reprise import Reprise, mobiles, peut_dire_oui

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from binome.regles.base import Base, Levier
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Coherence, Dossier, Valeur
    from binome.regles.jugement import Juge, Mobiles

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
    noms: frozenset[str]
    """The names of these facts."""
    pas: int
    """One bit, of this lever with its rank."""
    portee: int
    """The same bit, and that of every lesser rank."""
    trop: frozenset[str]
    """What it waits too long for: it puts a date off by more months than that is worth."""
    dire: Callable[[], str]

    @property
    def texte(self) -> str:
        """The change in words."""
        return self.dire()


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


def _dire(base: Base, levier: Levier, actuelle: Valeur | None, faits: Mapping[str, Valeur]) -> str:
    fait, valeur = base.faits[levier.fait], faits[levier.fait]
    ecart = valeur - actuelle if isinstance(valeur, int) and isinstance(actuelle, int) else None
    jour = base.faits[levier.jour].en_clair(faits[levier.jour]) if levier.jour else ""
    return levier.texte.format(valeur=fait.en_clair(valeur), ecart=fait.en_clair(ecart), jour=jour)


def _changements(base: Base, levier: Levier, dossier: Dossier, bits: int) -> list[Changement]:
    """What a lever can set; its ranks take the bits from this one on."""
    resultat, portee = [], 0
    jour = levier.jour or levier.fait  # the date that it may put off
    avant = dossier[jour]
    limites = [
        (pour, ajouter_mois(avant, mois))
        for pour, mois in levier.patience.items()
        if isinstance(avant, date)
    ]
    for rang, faits in enumerate(_valeurs(base, levier, dossier)):
        pas = 1 << (bits + rang)
        portee |= pas
        oublies = [nom for nom, dit in levier.oublie.items() if dossier[nom] in dit]
        changes = {**faits, **dict.fromkeys(oublies)}
        apres = changes.get(jour)
        trop = [p for p, limite in limites if isinstance(apres, date) and apres > limite]
        dire = partial(_dire, base, levier, dossier[levier.fait], faits)
        resultat.append(
            Changement(
                levier, rang, changes, frozenset(changes), pas, portee, frozenset(trop), dire
            )
        )
    return resultat


class JugeDUneCible:
    """Grades the answer of one table of requirements: yes, unknown, no."""

    def __init__(self, base: Base, cible: str) -> None:
        self._base = base
        self._cible = cible
        self._reprise: Reprise | None = None

    def juger(self, dossier: Dossier) -> tuple[Note, Etabli, int | None]:
        """The note, what was decided, and no amount."""
        reprise = self._reprise
        etabli = (self._base.moteur if reprise is None else reprise).resoudre(dossier)
        return Note(RANGS_D_ISSUE[etabli.retenues[self._cible]], 0, 0), etabli, None

    def depart(self, dossier: Dossier) -> Note:
        """The note to beat: only a yes is worth a change, not a question more."""
        self._reprise = Reprise(self._base.moteur, dossier)
        issue = self._reprise.etabli.retenues[self._cible]
        return min(Note(RANGS_D_ISSUE[issue], 0, 0), Note(RANGS_D_ISSUE[None], 0, 0))

    def plancher(self, mobiles: Mobiles) -> Note:
        """A yes, unless a requirement that stays in force whatever changes can never be met."""
        table = self._base.tables[self._cible]
        reprise, oui = self._reprise, Note(RANGS_D_ISSUE[OUI], 0, 0)
        if reprise is None or table.politique != "toutes":
            return oui
        for regle in table.regles:
            toujours = regle.du is None and regle.au is None
            if toujours and not peut_dire_oui(self._base, regle, reprise.depart, mobiles):
                return Note(RANGS_D_ISSUE[None], 0, 0)
        return oui


@lru_cache(maxsize=1024)
def _touchees(base: Base, noms: frozenset[str]) -> tuple[Coherence, ...]:
    """What facts cannot say together, as far as one of these is spoken of."""
    return tuple(une for une in base.coherences if not noms.isdisjoint(une.faits))


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
    noms = choix[0].noms.union(*[un.noms for un in choix[1:]])
    for une in _touchees(base, noms):
        if une.faute(change) is not None:
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
    leviers = _utiles(base, dossier, juge, depart)
    retenues: list[Bascule] = []
    pas_retenus: list[int] = []
    for nombre in range(1, taille + 1):
        # A change that does by itself, or that goes farther than one that does, is part of nothing minimal.
        seuls = [
            pas
            for pas, une in zip(pas_retenus, retenues, strict=True)
            if nombre > len(une.changements) == 1
        ]
        restent = [
            [un for un in choix if not any(pas & un.portee for pas in seuls)] for choix in leviers
        ]
        candidats = (c for groupe in combinations(restent, nombre) for c in product(*groupe))
        for choix in sorted(candidats, key=_rangs):
            portee = reduce(or_, [un.portee for un in choix])
            moindres = [rang for rang, pas in enumerate(pas_retenus) if not pas & ~portee]
            if any(len(retenues[rang].changements) < nombre for rang in moindres):
                continue
            change = _compatibles(choix, dossier, base)
            if change is None:
                continue
            note, etabli, minutes = juge.juger(change)
            if not note < depart:
                continue
            gagne = note[:2] == depart[:2]  # fewer hours, say, and nothing that opens
            if gagne and any(un.levier.ouvre for un in choix):
                continue
            pour = GAGNER if gagne else OUVRIR
            if any(pour in un.trop for un in choix):
                continue
            if _pour_rien(choix, dossier, change, note, juge):
                continue
            if all(note < retenues[rang].note for rang in moindres):
                retenues.append(Bascule(choix, change, etabli, minutes, note, depart))
                pas_retenus.append(reduce(or_, [un.pas for un in choix]))
    return sorted(retenues, key=_effort)


def _utiles(base: Base, dossier: Dossier, juge: Juge, depart: Note) -> list[list[Changement]]:
    """Each lever with what it may be worth pulling it to; none where no answer can be better."""
    leviers, bits = [], 0
    for levier in base.leviers:
        leviers.append(_changements(base, levier, dossier, bits))
        bits += len(leviers[-1])
    tous = [changement for choix in leviers for changement in choix]
    plancher = juge.plancher(mobiles(base, dossier, [un.faits for un in tous]))
    if plancher >= depart:
        return []
    # Where nothing more can open, all that is left to win is hours, say.
    rien_n_ouvre = plancher[:2] == depart[:2]

    def vaut(un: Changement) -> bool:
        if rien_n_ouvre and un.levier.ouvre:
            return False
        return GAGNER not in un.trop or not (rien_n_ouvre or OUVRIR in un.trop)

    utiles = ([un for un in choix if vaut(un)] for choix in leviers)
    return [choix for choix in utiles if choix]


def _rangs(choix: tuple[Changement, ...]) -> int:
    return sum([un.rang for un in choix])


def _effort(bascule: Bascule) -> tuple[int, int, Note]:
    effort = sum(c.levier.effort + c.rang for c in bascule.changements)
    return (len(bascule.changements), effort, bascule.note)
