"""One question, one answer: the positioning, the aid and the clocks agree on the same person.

Each person is drawn from the three boundary grids: every clock that a rule of the positioning judges,
the years of an aid contract, its renewal and the delays that the sources dispute.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from binome.agenda.echeances import VUE as ECHEANCES
from binome.agenda.echeances import Echeances, echeances
from binome.regles.courante import donnees_de
from binome.regles.grille import grille
from binome.regles.lecture import lire_brut
from binome.regles.metiers.aide import VUE as AIDE
from binome.regles.metiers.aide import Aide, aider
from binome.regles.metiers.financement import VUE as ARGENT
from binome.regles.metiers.financement import financer
from binome.regles.metiers.heures import POSITIONNEMENT
from binome.regles.metiers.positionnement import Positionnement, positionner
from binome.regles.motifs import alerte_en_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.agenda.echeances import LectureDEcheance
    from binome.regles.base import Base
    from binome.regles.faits import Dossier

GRAINE = 9
DELAIS_DISPUTES = "formation_2_ou_3_ans"
RENOUVELLEMENT = {"renouvelable_une_fois", "ancien_non_renouvele"}
DEBUT_DES_CONTRATS = date(2019, 8, 20)


class Personne(NamedTuple):
    """The three answers about one person."""

    dossier: Dossier
    positionnement: Positionnement
    aide: Aide
    echeances: Echeances

    @property
    def issues(self) -> dict[str, str]:
        return {un.etape.regle.id: un.etape.issue for un in self.positionnement.motifs}

    @property
    def lectures(self) -> dict[str, LectureDEcheance]:
        """Each clock that runs or may run, by the rule that gives it."""
        return {
            lecture.motif.etape.regle.id: lecture
            for une in self.echeances.toutes
            for lecture in une.lectures
        }

    @property
    def jours(self) -> dict[str, date | None]:
        return {une.code: une.jour for une in self.echeances.toutes}


@cache
def horloges_jugees() -> dict[str, tuple[str, str]]:
    """The rules that judge a clock: each with the date that it compares, and the clock's rule."""
    jugees = {}
    for table in lire_brut(donnees_de())["tables"]:
        for regle in table["regles"]:
            match regle["si"]:
                case {"fait": str(fait), "au_plus": {"echeance": str(horloge)}}:
                    jugees[regle["id"]] = fait, horloge
                case _:
                    pass
    return jugees


def personnes(base: Base, nombre: int, jusqu_a: int | None = None) -> Iterator[Personne]:
    """People whose facts are those of one dossier of each grid, the clocks' first.

    `jusqu_a`: how many dossiers of each grid are drawn from; all of them when None.
    """
    hasard = Random(GRAINE)  # noqa: S311 - the same people at every run
    vues = {nom: base.vue(nom) for nom in (ECHEANCES, POSITIONNEMENT, AIDE)}
    grilles = {nom: list(islice(grille(vue), jusqu_a)) for nom, vue in vues.items()}
    for _ in range(nombre):
        dossier: Dossier = {}
        for tires in grilles.values():
            for nom, valeur in hasard.choice(tires).items():
                if dossier.get(nom) is None:
                    dossier[nom] = valeur
        dossier["voie"] = None  # worked out by the positioning, never told
        siens = {
            nom: vue.completer({fait: dossier[fait] for fait in vue.faits})
            for nom, vue in vues.items()
        }
        yield Personne(
            dossier,
            positionner(vues[POSITIONNEMENT], siens[POSITIONNEMENT]),
            aider(base, siens[AIDE]),
            echeances(base, siens[ECHEANCES]),
        )


def desaccords(un: Personne) -> Iterator[str]:
    """What two views do not say alike."""
    yield from _delais(un)
    yield from _contrat(un)
    yield from _alertes(un)
    yield from _certification(un)


def _delais(un: Personne) -> Iterator[str]:
    """A deadline that the positioning judges is told, with the day that judges it; and the reverse."""
    formation = un.positionnement.voie in ("cqp", "fae")
    for regle, (fait, horloge) in horloges_jugees().items():
        issue, lecture, jour = un.issues.get(regle), un.lectures.get(horloge), un.dossier[fait]
        if issue in ("oui", "non"):
            assert isinstance(jour, date)
            if lecture is None or not lecture.certaine or lecture.jour is None:
                yield f"{regle} répond {issue}, {horloge} n’a pas de jour"
            elif (jour <= lecture.jour) != (issue == "oui"):
                yield f"{regle} répond {issue}, {horloge} tombe le {lecture.jour}"
        elif issue == "indetermine" and lecture is None:
            yield f"{regle} attend, {horloge} est tue"
        elif (
            formation
            and issue is None
            and lecture is not None
            and lecture.certaine
            and lecture.jour is not None
            and isinstance(jour, date)
        ):
            yield f"{horloge} court jusqu’au {lecture.jour}, {regle} ne la juge pas"


def _contrat(un: Personne) -> Iterator[str]:
    """The years of the contract are its anniversary and its end."""
    signature = un.dossier["date_signature_contrat_aide"]
    signe = isinstance(signature, date) and signature >= DEBUT_DES_CONTRATS
    if signe != (un.jours.get("fin_contrat") is not None):
        yield f"signé le {signature}, fin le {un.jours.get('fin_contrat')}"
    if un.aide.annees:
        if un.jours.get("anniversaire") != un.aide.annees[1].du:
            yield f"anniversaire {un.jours.get('anniversaire')} et {un.aide.annees[1].du}"
        if un.jours.get("fin_contrat") != un.aide.annees[-1].au:
            yield f"fin {un.jours.get('fin_contrat')} et {un.aide.annees[-1].au}"
    elif signe and un.aide.eligible != "non":
        yield "un contrat signé, qui n’est pas refusé, n’a pas d’années"
    duree = [m for m in un.aide.motifs if m.etape.regle.sujet == "aide-duree"]
    if bool(duree) != signe:
        yield f"signé le {signature}, durée dite : {bool(duree)}"


def _alertes(un: Personne) -> Iterator[str]:
    """What the sources dispute of a day is told wherever the day is, in the same words."""
    de_l_aide = {}
    for alerte in un.aide.alertes:
        dite = alerte_en_json(alerte, un.aide.sources_de(alerte))
        de_l_aide[alerte.code] = (dite["texte"], tuple(dite["sources"]))
    a_cote = {
        une.code: {code: (texte, sources) for code, texte, sources in une.alertes}
        for une in un.echeances.toutes
    }
    for code in ("qualification", "fae", "fin_contrat"):
        voulues = RENOUVELLEMENT if code == "fin_contrat" else {DELAIS_DISPUTES}
        attendues = {nom: dite for nom, dite in de_l_aide.items() if nom in voulues}
        dites = {nom: dite for nom, dite in a_cote.get(code, {}).items() if nom in voulues}
        if code in a_cote and dites != attendues:
            yield f"{code} : {sorted(dites)} à côté du jour, {sorted(attendues)} à l’aide"
    disputes = any(une.code == "delai_2_ou_3_ans" for une in un.positionnement.alertes)
    voie = {"cqp": "qualification", "fae": "fae"}.get(un.positionnement.voie)
    if voie and DELAIS_DISPUTES in a_cote.get(voie, {}) and not disputes:
        yield "le délai est disputé à côté de son jour, pas au positionnement"


def _certification(un: Personne) -> Iterator[str]:
    """The référentiel of the day has its end; an AFGSU valid on the day of the jury still runs then."""
    if (un.positionnement.referentiel is None) != ("validite_referentiel" not in un.jours):
        yield f"référentiel {un.positionnement.referentiel}, fin {un.jours}"
    if un.issues.get("afgsu.valable-au-jury") == "oui":
        fin, jury = un.jours["afgsu"], un.dossier["date_jury"]
        if not isinstance(fin, date) or not isinstance(jury, date) or jury > fin:
            yield f"AFGSU valable au jury du {jury}, finie le {fin}"


def _tous_d_accord(base: Base, nombre: int) -> None:
    trouves = []
    juges: set[tuple[str, str]] = set()
    for un in personnes(base, nombre):
        juges |= {(nom, issue) for nom, issue in un.issues.items() if nom in horloges_jugees()}
        trouves += [(dit, un.dossier) for dit in desaccords(un)]
    assert trouves[:3] == [], f"{len(trouves)} désaccords"
    # The people drawn meet each clock on both sides: agreeing on nothing would prove nothing.
    assert {(nom, issue) for nom in horloges_jugees() for issue in ("oui", "non")} <= juges


@pytest.mark.long(60)
@pytest.mark.lourd
def test_dix_mille_personnes_lisent_la_meme_chose_dans_les_trois_vues(base: Base) -> None:
    _tous_d_accord(base, 10_000)


def test_quelques_centaines_la_lisent_deja(base: Base) -> None:
    assert [dit for un in personnes(base, 300, 20_000) for dit in desaccords(un)] == []


def test_le_renouvellement_dispute_se_lit_a_cote_de_la_fin_du_contrat(base: Base) -> None:
    def codes(signature: str) -> dict[str, list[str]]:
        lu = base.vue(ECHEANCES).lire({"date_signature_contrat_aide": signature})
        toutes = echeances(base, lu).en_json()["echeances"]
        return {une["code"]: [alerte["code"] for alerte in une["alertes"]] for une in toutes}

    ancien, recent = codes("2023-04-30"), codes("2023-05-01")
    # 29 April 2028 is a Saturday, 30 April a Sunday.
    assert ancien["fin_contrat"] == [
        "jour_non_ouvre",
        "renouvelable_une_fois",
        "ancien_non_renouvele",
    ]
    assert recent["fin_contrat"] == ["jour_non_ouvre", "renouvelable_une_fois"]
    assert DELAIS_DISPUTES in recent["qualification"]
    assert DELAIS_DISPUTES in recent["fae"]
    assert recent["anniversaire"] == ["jour_non_ouvre"]
    assert not {*RENOUVELLEMENT, DELAIS_DISPUTES} & {
        code for une in codes("2019-08-19").values() for code in une
    }


def test_ce_qui_est_deja_obtenu_n_a_plus_de_delai(base: Base) -> None:
    """Whoever holds the attestation of the FAE has nothing left to keep, as whoever holds the CQP."""

    def codes(*diplomes: str) -> set[str]:
        dossier = {
            "diplomes": list(diplomes),
            "niveau_diplome": 6,
            "date_entree": "2026-03-02",
            "date_prise_fonction": "2022-02-01",
            "date_signature_contrat_aide": "2022-02-01",
        }
        return {une.code for une in echeances(base, base.vue(ECHEANCES).lire(dossier)).toutes}

    formation = {"entree_formation", "fae", "qualification"}
    assert codes("ide") & formation == {"entree_formation", "fae"}
    assert not codes("ide", "attestation_fae") & formation
    assert not codes("cqp_assistant_medical") & formation
    # Alone, the attestation opens nothing: the CQP remains to be passed.
    assert codes("attestation_fae") & formation == {"entree_formation", "qualification"}


@pytest.mark.parametrize(
    "entree",
    ["2025-04-24", "2025-04-25", "2025-06-24", "2025-06-25", "2030-06-25", "2030-06-26"],
)
def test_personne_ne_paie_a_coup_sur_un_cqp_dont_on_ne_sait_s_il_est_ouvert(
    base: Base, entree: str
) -> None:
    commun = {"date_entree": entree, "situation": "salarie_cabinet", "contrat": "cdi",
              "diplomes": [], "niveau_diplome": 4, "experience_secretaire_mois": 0}  # fmt: skip
    argent = {**commun, "objectif": "cqp", "age": 24, "publics": [], "activite_partielle": False,
              "duree_parcours_mois": 12, "heures_formation": 279, "heures_semaine": 35,
              "heures_experience_vae": 1607, "date_avenant_contrat": "2025-03-03",
              "date_demande_financement": "2025-03-03"}  # fmt: skip
    voie = positionner(base.vue(POSITIONNEMENT), base.vue(POSITIONNEMENT).lire(commun)).voie
    payeurs = {un.code: un.issue for un in financer(base, base.vue(ARGENT).lire(argent)).voies}
    ouverts = {code for code, issue in payeurs.items() if issue == "oui"}
    assert voie == ("cqp" if ouverts else "indetermine")
    assert ouverts >= {"pdc", "contrat_professionnalisation"} or voie == "indetermine"
    # The FAE does not lean on the registration of the CQP.
    fae = financer(base, base.vue(ARGENT).lire({**argent, "objectif": "fae"}))
    assert next(un.issue for un in fae.voies if un.code == "pdc") == "oui"
