"""The positioning, the aid and the clocks say the same of the same facts: deadlines, end, anniversary."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest

from binome.agenda.echeances import echeances
from binome.regles.bornes import UN_JOUR
from binome.regles.conditions import Decale, atomes
from binome.regles.courante import base_courante
from binome.regles.grille import grille
from binome.regles.metiers.aide import annees_du_contrat
from binome.regles.regle import Horloge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.faits import Dossier
    from binome.regles.regle import Regle

DELAIS = ("entree_formation", "qualification", "fae")
"""The clocks that the positioning judges, by their code."""


def _horloges() -> Iterator[Regle]:
    for regle in base_courante().vue("echeances").regles.values():
        if isinstance(regle.effet, Horloge) and regle.effet.code in DELAIS:
            yield regle


@cache
def _juges() -> dict[str, list[str]]:
    """The rules of the positioning that judge each clock: same fact, same months, same window."""
    lies: dict[str, list[str]] = {}
    for horloge in _horloges():
        assert isinstance(horloge.effet, Horloge)
        attendu = Decale(horloge.effet.fait, horloge.effet.mois)
        lies[horloge.id] = [
            regle.id
            for regle in base_courante().regles.values()
            if regle.table.startswith("delais-")
            and (regle.du, regle.au) == (horloge.du, horloge.au)
            and any(atome.attendu == attendu for atome in atomes(regle.si))
            and ("fae" in regle.id) == (horloge.effet.code == "fae")
            and ("entree" in regle.id) == (horloge.effet.code == "entree_formation")
        ]
    return lies


def test_chaque_delai_des_echeances_a_son_juge_au_positionnement() -> None:
    assert {horloge: len(juges) for horloge, juges in _juges().items()} == dict.fromkeys(
        _juges(), 1
    )
    delais = {nom for nom, un in base_courante().regles.items() if un.table.startswith("delais-")}
    assert {juge for juges in _juges().values() for juge in juges} == delais


def _comparer(dossier: Dossier) -> int:
    """How many deadlines were judged, once everything that both views say is the same."""
    base = base_courante()
    conclusion = base.moteur.decider(dossier)
    vue = base.vue("echeances")
    toutes = echeances(base, {**dict.fromkeys(vue.faits), **_de(dossier, vue.faits)}).toutes
    lectures = {un.motif.etape.regle.id: un for une in toutes for un in une.lectures}
    horloges = {juges[0]: horloge for horloge, juges in _juges().items()}
    voie, juges = conclusion.etabli.retenues["voie"], 0
    for etape in conclusion.etapes:
        if etape.regle.id in horloges and etape.issue in ("oui", "non"):
            lecture = lectures[horloges[etape.regle.id]]
            jour = dossier[next(iter(atomes(etape.regle.si))).fait]
            assert lecture.certaine
            assert isinstance(jour, date)
            assert lecture.jour is not None
            assert (jour <= lecture.jour) == (etape.issue == "oui"), etape.regle.id
            juges += 1
    codes = {une.code: une for une in toutes}
    if voie in ("cqp", "fae", "deja_certifie"):
        assert ("fae" in codes) <= (voie == "fae")
        assert ("qualification" in codes) <= (voie == "cqp")
    signature = dossier["date_signature_contrat_aide"]
    if isinstance(signature, date) and "fin_contrat" in codes:
        anniversaire, fin = _annees(signature)
        assert (codes["anniversaire"].jour, codes["fin_contrat"].jour) == (anniversaire, fin)
    return juges


def _de(dossier: Dossier, faits: object) -> Dossier:
    return {nom: valeur for nom, valeur in dossier.items() if nom in faits}  # type: ignore[operator] # a set of names, by the caller


@cache
def _annees(signature: date) -> tuple[date, date]:
    """The first anniversary and the last day, as the aid tells its years."""
    vue = base_courante().vue("aide")
    dossier = vue.lire({"date_signature_contrat_aide": signature.isoformat()})
    annees = list(annees_du_contrat(vue, dossier))
    return annees[1].du, annees[-1].au


def _aux_delais() -> Iterator[Dossier]:
    """Around each deadline: the day before, the day, the day after, on each side of its window."""
    base = base_courante()
    for horloge in _horloges():
        assert isinstance(horloge.effet, Horloge)
        bords = [jour for jour in (horloge.du, horloge.au) if jour is not None]
        signatures = sorted({jour + UN_JOUR * ecart for jour in bords for ecart in (-1, 0, 1)})
        for signature, ecart, diplome in product(signatures, (-200, 0, 60), ("ide", "sage_femme")):
            depart: Dossier = {
                **dict.fromkeys(base.faits),
                "date_signature_contrat_aide": signature,
                "date_prise_fonction": signature + UN_JOUR * ecart,
                "date_entree": date(2025, 9, 1),
                "diplomes": frozenset([diplome]),
            }
            limite = horloge.effet.jour(depart)
            juge = "date_jury" if horloge.effet.code == "qualification" else "date_entree"
            for autour in (-1, 0, 1):
                if limite is not None:
                    yield {**depart, juge: limite + UN_JOUR * autour}


def test_les_vues_disent_la_meme_chose_autour_des_delais() -> None:
    assert sum(map(_comparer, list(_aux_delais())[::7])) > 50


@pytest.mark.lourd
@pytest.mark.long(60)
def test_les_vues_disent_la_meme_chose_sur_dix_mille_dossiers_de_la_grille() -> None:
    autour, dossiers = list(_aux_delais()), list(grille(base_courante()))
    pas = len(dossiers) // (10_000 - len(autour))
    tous = [*autour, *dossiers[::pas]]
    assert len(tous) >= 10_000
    assert sum(map(_comparer, tous)) > 500


@pytest.mark.parametrize("signature", ["2024-02-29", "2026-02-02", "2020-02-28", "2025-12-31"])
def test_la_fin_du_contrat_est_le_dernier_jour_de_sa_cinquieme_annee(signature: str) -> None:
    vue = base_courante().vue("echeances")
    toutes = echeances(base_courante(), vue.lire({"date_signature_contrat_aide": signature})).toutes
    jours = {une.code: une.jour for une in toutes}
    assert (jours["anniversaire"], jours["fin_contrat"]) == _annees(date.fromisoformat(signature))
