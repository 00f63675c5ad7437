"""The clocks of an aid contract: what is due, when, by which rule, and whether it is done.

Days come from the clocks of the rule base, as it was on the day of the signature. What an event changes of them is told beside: a
suspension stops the aid and its objectives, and no source says whether the end moves, so both days are kept.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.agenda.feries import dernier_jour_ouvre
from binome.contrats_d_aide.cadran import (
    ABSENCE,
    ANNIVERSAIRE,
    DANS_L_ORDRE,
    DU_POSTE,
    JALONS,
    OBJECTIF,
    QUALIFIENT,
    RENOUVELLEMENT,
    REPERE,
    REPOUSSEE,
    SANS_RELANCE,
    SECRETARIAT,
    SUIVI,
    LectureDHorloge,
    apres_des_mois,
    citees,
    dite_par,
)
from binome.contrats_d_aide.vie_comptee import UN_JOUR
from binome.regles.calendrier import date_en_clair
from binome.regles.metiers.aide import ANNEES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from binome.contrats_d_aide.cadran import Cadran
    from binome.contrats_d_aide.vie_comptee import PosteTenu, VieComptee

A_VENIR: Final = "a_venir"
FAITE: Final = "faite"
SANS_OBJET: Final = "sans_objet"
SELON_LA_VOIE: Final = (
    "Selon sa voie, la personne doit obtenir le CQP ou suivre la FAE, et non les deux."
)


class HorlogeComptee(NamedTuple):
    """One clock of a contract; `rang` is the year, the half-year, or the key of the post that it is about.

    `jour` is the earliest day of the readings that hold for sure, else of those that may.
    """

    code: str
    rang: int
    titre: str
    lectures: tuple[LectureDHorloge, ...]
    jour: date | None
    etat: str = A_VENIR
    pourquoi: str = ""
    territoire: str = ""

    @property
    def jour_ouvre(self) -> date | None:
        """The last working day on or before it."""
        return None if self.jour is None else dernier_jour_ouvre(self.jour, self.territoire)

    @property
    def rivales(self) -> bool:
        """Whether the readings do not give the same day."""
        return len({une.jour for une in self.lectures}) > 1

    @property
    def devoir(self) -> bool:
        """Whether it is asked for until it is done."""
        return self.code not in SANS_RELANCE


def compter_les_horloges(
    cadran: Cadran, vie: VieComptee, delai_objectif: int | None, au: date
) -> tuple[HorlogeComptee, ...]:
    """Every clock of a contract as it stands on the day `au`, those with a day first, in its order.

    `delai_objectif` is the months from the signature to the objective, where the rules give them.
    """
    # Thousands of contracts signed the same day share what hangs on nothing else.
    cle = (vie.signe_le, vie.fin, vie.suspensions, vie.territoire, delai_objectif)
    communes = cadran.communes.get(cle)
    if communes is None:
        siennes = chain(_du_contrat(cadran, vie), _de_l_objectif(cadran, vie, delai_objectif))
        communes = cadran.communes[cle] = tuple(siennes)
    rangees = (_a_jour(une, vie, au) for une in chain(communes, _des_postes(cadran, vie, au)))
    return tuple(sorted(rangees, key=_place))


def _place(horloge: HorlogeComptee) -> tuple[date, int, int]:
    return horloge.jour or date.max, DANS_L_ORDRE.index(horloge.code), horloge.rang


def _horloge(
    cadran: Cadran, vie: VieComptee, code: str, rang: int, lectures: Sequence[LectureDHorloge]
) -> HorlogeComptee:
    return HorlogeComptee(
        code,
        rang,
        cadran.mots(code),
        tuple(lectures),
        _premier_jour(lectures),
        territoire=vie.territoire,
    )


def _premier_jour(lectures: Sequence[LectureDHorloge]) -> date | None:
    surs = [une.jour for une in lectures if une.certaine and une.jour is not None]
    return min(surs or [une.jour for une in lectures if une.jour is not None], default=None)


def _avec_le_recul(vie: VieComptee, lecture: LectureDHorloge) -> tuple[LectureDHorloge, ...]:
    """A day of the contract's years, and the same moved by its suspensions, of which no source speaks."""
    if lecture.jour is None:
        return (lecture,)
    recul = vie.recul(lecture.jour)
    if recul == 0:
        return (lecture,)
    repousse = None if recul is None else lecture.jour + timedelta(days=recul)
    return lecture, LectureDHorloge(repousse, "repoussee", REPOUSSEE, (), certaine=False)


def _du_contrat(cadran: Cadran, vie: VieComptee) -> Iterator[HorlogeComptee]:
    faits = {"date_signature_contrat_aide": vie.signe_le}
    for lue in cadran.lues(faits):
        code = lue.effet.code
        if lue.effet.fait != "date_signature_contrat_aide" or code not in JALONS:
            continue
        for fois in range(1, ANNEES) if code == ANNIVERSAIRE else (1,):
            lectures = _avec_le_recul(vie, lue.lecture(faits, fois))
            yield _horloge(cadran, vie, code, fois if code == ANNIVERSAIRE else 0, lectures)
    yield from _suivis(cadran, vie)
    if dite := cadran.regle_du(RENOUVELLEMENT, vie.signe_le):
        regle, mois = dite
        jour = apres_des_mois(vie.fin + UN_JOUR, -mois)
        lecture = LectureDHorloge(jour, "repere", REPERE, citees(regle))
        yield _horloge(cadran, vie, RENOUVELLEMENT, 0, _avec_le_recul(vie, lecture))


def _suivis(cadran: Cadran, vie: VieComptee) -> Iterator[HorlogeComptee]:
    dite = cadran.regle_du(SUIVI, vie.signe_le)
    if dite is None:
        return
    regle, mois = dite
    for rang in range(1, 12 * ANNEES // mois):
        jour = apres_des_mois(vie.signe_le, mois * rang)
        if jour <= vie.fin:
            lecture = dite_par(regle, jour)
            yield _horloge(cadran, vie, SUIVI, rang, (lecture,))


def _de_l_objectif(cadran: Cadran, vie: VieComptee, mois: int | None) -> Iterator[HorlogeComptee]:
    if mois is None:
        return
    regles = [
        regle
        for regle in cadran.base.entiere.tables["delai-objectif"].regles
        if regle.couvre(vie.signe_le) and getattr(regle.effet, "cases", {}).get("mois") == mois
    ]
    jour = apres_des_mois(vie.signe_le, mois)
    for regle in regles[:1]:
        lecture = dite_par(regle, jour)
        yield _horloge(cadran, vie, OBJECTIF, 0, _avec_le_recul(vie, lecture))


def _des_postes(cadran: Cadran, vie: VieComptee, au: date) -> Iterator[HorlogeComptee]:
    for poste in vie.postes:
        faits = {
            **poste.faits,
            "date_signature_contrat_aide": vie.signe_le,
            "date_prise_fonction": poste.du,
            "secretaire_promue": poste.a_remplacer,
        }
        par_code: dict[str, list[LectureDHorloge]] = {}
        for lue in cadran.lues(faits):
            if lue.effet.code in DU_POSTE:
                par_code.setdefault(lue.effet.code, []).append(lue.lecture(faits))
        deux_voies = all(code in par_code for code in QUALIFIENT)
        for code, lectures in par_code.items():
            horloge = _horloge(cadran, vie, code, poste.cle, lectures)
            yield _du_poste(horloge, poste, au, deux_voies=deux_voies)
        yield from _absences(cadran, vie, poste, au)


def _absences(
    cadran: Cadran, vie: VieComptee, poste: PosteTenu, au: date
) -> Iterator[HorlogeComptee]:
    """The last day before an absence has lasted three months; the latest absence of a post tells it."""
    dite = cadran.regle_du(ABSENCE, vie.signe_le)
    if dite is None or not poste.absences:
        return
    regle, mois = dite
    absence = max(poste.absences, key=lambda une: une.du)
    jour = apres_des_mois(absence.du, mois)
    lecture = dite_par(regle, jour)
    horloge = _horloge(cadran, vie, ABSENCE, poste.cle, (lecture,))
    if poste.au is not None and _plus_du(jour, poste.au, au):
        yield _dire(horloge, SANS_OBJET, _parti(poste.au))
    elif absence.au is not None and absence.au < jour:
        yield _dire(
            horloge, SANS_OBJET, f"La personne est revenue après le {date_en_clair(absence.au)}."
        )
    elif any(pause.touche(absence.du, absence.au or date.max) for pause in vie.suspensions):
        yield _dire(horloge, FAITE, "Le contrat est suspendu.")
    else:
        yield horloge


def _parti(jour: date) -> str:
    return f"La personne a quitté ce poste le {date_en_clair(jour)}."


def _dire(horloge: HorlogeComptee, etat: str, pourquoi: str) -> HorlogeComptee:
    return horloge._replace(etat=etat, pourquoi=pourquoi)


def _plus_du(jour: date | None, dernier: date, au: date) -> bool:
    """Whether nobody will do what was due on a day: the last day is past, or that day comes after it.

    A departure or an end that is told ahead leaves what is due before it.
    """
    return dernier < au or jour is None or jour > dernier


def _du_poste(
    horloge: HorlogeComptee, poste: PosteTenu, au: date, *, deux_voies: bool
) -> HorlogeComptee:
    """What the post says of its own clock: done, on which day; without object once the person left."""
    faite = {
        "entree_formation": poste.forme_depuis or poste.qualifie_le,
        "qualification": poste.qualifie_le,
        "fae": poste.qualifie_le,
        SECRETARIAT: poste.remplacee_le,
    }.get(horloge.code)
    if faite is not None:
        return _dire(horloge, FAITE, f"Fait le {date_en_clair(faite)}.")
    if poste.au is not None and _plus_du(horloge.jour, poste.au, au):
        return _dire(horloge, SANS_OBJET, _parti(poste.au))
    if deux_voies and horloge.code in QUALIFIENT:
        return _dire(horloge, A_VENIR, SELON_LA_VOIE)
    return horloge


def _a_jour(horloge: HorlogeComptee, vie: VieComptee, au: date) -> HorlogeComptee:
    """What the contract says of any of its clocks: told done, past, or without object once it is over."""
    if horloge.etat != A_VENIR:
        return horloge
    tenue = vie.tenues.get((horloge.code, horloge.rang))
    if tenue is not None:
        return _dire(horloge, FAITE, f"Fait le {date_en_clair(tenue)}.")
    if horloge.code == RENOUVELLEMENT and vie.renouvele_le is not None:
        return _dire(
            horloge, FAITE, f"Le contrat suivant est signé le {date_en_clair(vie.renouvele_le)}."
        )
    jour, dernier = horloge.jour, vie.fini_le or date.max
    if not horloge.devoir and jour is not None and jour < au and jour <= dernier:
        return _dire(horloge, FAITE, "Ce jour est passé.")
    if vie.fini_le is None or not _plus_du(jour, vie.fini_le, au):
        return horloge
    return _dire(horloge, SANS_OBJET, f"Le contrat a fini le {date_en_clair(vie.fini_le)}.")
