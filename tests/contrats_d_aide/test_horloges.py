"""The clocks of a contract: every deadline of its version, moved or not by what happens to it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from binome.agenda.contrat_d_aide import base_du_contrat, contrat_d_aide
from binome.contrats_d_aide.cadran import (
    DITES_EN_MOTS,
    DU_POSTE,
    REPERE,
    REPOUSSEE,
    Cadran,
    lectures_gardees,
)
from binome.contrats_d_aide.horloges import (
    A_VENIR,
    FAITE,
    SANS_OBJET,
    SELON_LA_VOIE,
    HorlogeComptee,
    compter_les_horloges,
)
from binome.contrats_d_aide.vie_comptee import Pause, PosteTenu, VieComptee
from binome.regles.courante import base_courante

CADRAN: Final = Cadran(base_courante())
SIGNE: Final = date(2024, 7, 1)
FIN: Final = date(2029, 6, 30)
AU_DEBUT: Final = date(2024, 7, 2)


def horloges(
    *, signe_le: date = SIGNE, au: date = AU_DEBUT, objectif: int | None = None, **autres: Any
) -> dict[tuple[str, int], HorlogeComptee]:
    """The clocks of a contract by their code and rank."""
    voulus = {"faits": {}, "fin": FIN, **autres}
    toutes = compter_les_horloges(CADRAN, VieComptee(signe_le=signe_le, **voulus), objectif, au)
    comptees = {(une.code, une.rang): une for une in toutes}
    assert len(comptees) == len(toutes)
    return comptees


def poste(**autres: Any) -> PosteTenu:
    """Somebody hired the day after the signature."""
    return PosteTenu(**{"cle": 7, "du": date(2024, 7, 2), **autres})


@pytest.mark.parametrize(
    ("signe_le", "codes"),
    [
        (date(2019, 8, 20), {"suivi_caisse", "entree_formation"}),
        (date(2023, 4, 30), {"suivi_caisse", "entree_formation"}),
        (date(2023, 5, 1), {"entree_formation", "renouvellement"}),
        (date(2024, 6, 21), {"entree_formation", "renouvellement"}),
        (date(2024, 6, 22), {"renouvellement"}),
        (date(2026, 2, 25), {"renouvellement"}),
    ],
)
def test_chaque_version_a_ses_echeances(signe_le: date, codes: set[str]) -> None:
    """On each side of every edge of a version."""
    lues = horloges(signe_le=signe_le, fin=date(2031, 2, 24), postes=(poste(a_remplacer=False),))
    propres = {"suivi_caisse", "entree_formation", "renouvellement"}
    assert {code for code, _ in lues} & propres == codes
    assert {code for code, _ in lues} - propres == {
        "anniversaire",
        "fin_contrat",
        "qualification",
        "fae",
    }


@pytest.mark.parametrize("signe_le", [date(2021, 2, 28), date(2024, 2, 29), date(2024, 7, 1)])
@pytest.mark.parametrize(("voie", "tue"), [("cqp", "fae"), ("fae", "qualification"), (None, "")])
def test_les_jours_sont_ceux_des_echeances_publiees(
    signe_le: date, voie: str | None, tue: str
) -> None:
    """What the room counts once for a class is what the public page answers for each."""
    union = base_du_contrat(base_courante())
    faits = {"date_signature_contrat_aide": signe_le, "date_prise_fonction": date(2024, 7, 2)}
    dit = {nom: jour.isoformat() for nom, jour in faits.items()} | {"secretaire_promue": True}
    publiees = contrat_d_aide(union, union.lire(dit)).toutes.toutes
    comptees = horloges(signe_le=signe_le, postes=(poste(a_remplacer=True, faits={"voie": voie}),))
    attendus = {une.code: une.jour for une in publiees if une.code in DU_POSTE and une.code != tue}
    assert {code: une.jour for (code, _), une in comptees.items() if code in DU_POSTE} == attendus
    premier = next(une for une in publiees if une.code == "anniversaire")
    assert comptees["anniversaire", 1].jour == premier.jour


def test_un_29_fevrier_revient_les_annees_bissextiles() -> None:
    lues = horloges(signe_le=date(2024, 2, 29), fin=date(2029, 2, 27))
    jours = [lues["anniversaire", rang].jour for rang in range(1, 5)]
    assert jours == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


def test_les_lectures_rivales_sont_toutes_gardees_et_la_plus_proche_compte() -> None:
    une = horloges(postes=(poste(du=date(2024, 9, 2), faits={"voie": "cqp"}),))["qualification", 7]
    assert sorted(lecture.jour for lecture in une.lectures if lecture.jour) == [
        date(2026, 7, 1), date(2026, 9, 2), date(2027, 9, 2),
    ]  # fmt: skip
    assert une.jour == date(2026, 7, 1)
    assert une.rivales
    assert all(lecture.sources and lecture.dit for lecture in une.lectures)


def test_sans_la_voie_les_deux_formations_sont_dites() -> None:
    lues = horloges(postes=(poste(),))
    assert {lues[code, 7].pourquoi for code in ("qualification", "fae")} == {SELON_LA_VOIE}
    assert ("fae", 7) not in horloges(postes=(poste(faits={"voie": "cqp"}),))


def test_une_suspension_garde_les_deux_jours() -> None:
    pause = Pause(date(2025, 10, 1), date(2025, 12, 31))
    lues = horloges(suspensions=(pause,), postes=(poste(),))
    avant, apres, fin = (lues["anniversaire", 1], lues["anniversaire", 2], lues["fin_contrat", 0])
    assert not avant.rivales
    assert [lecture.jour for lecture in apres.lectures] == [date(2026, 7, 1), date(2026, 10, 1)]
    assert apres.lectures[1].dit == REPOUSSEE
    assert apres.jour == date(2026, 7, 1)
    assert [lecture.jour for lecture in fin.lectures] == [FIN, date(2029, 9, 30)]
    # No source ties the training of a person to the suspension of the contract.
    assert REPOUSSEE not in [lecture.dit for lecture in lues["qualification", 7].lectures]


def test_une_suspension_qui_dure_ne_donne_pas_l_autre_jour() -> None:
    lues = horloges(suspensions=(Pause(date(2025, 10, 1)),), objectif=24)
    assert [lecture.jour for lecture in lues["fin_contrat", 0].lectures] == [FIN, None]
    assert lues["fin_contrat", 0].jour == FIN


def test_deux_suspensions_s_ajoutent_dans_leur_ordre() -> None:
    pauses = (Pause(date(2026, 6, 25), date(2026, 7, 4)), Pause(date(2026, 7, 5), date(2026, 7, 8)))
    # The second begins after the day itself, but before the day that the first one makes of it.
    apres = horloges(suspensions=pauses[::-1])["anniversaire", 2]
    assert [lecture.jour for lecture in apres.lectures] == [date(2026, 7, 1), date(2026, 7, 15)]


def test_une_absence_de_trois_mois_demande_un_accord() -> None:
    def absence(au: date | None = None, *pauses: Pause) -> HorlogeComptee:
        lues = horloges(
            postes=(poste(absences=(Pause(date(2025, 1, 31), au),)),), suspensions=pauses
        )
        return lues["absence_longue", 7]

    assert (absence().jour, absence().etat) == (date(2025, 4, 30), A_VENIR)
    assert absence(date(2025, 4, 29)).etat == SANS_OBJET
    assert absence(date(2025, 4, 30)).etat == A_VENIR
    assert absence(None, Pause(date(2025, 1, 31))).etat == FAITE


def test_ce_qui_est_fait_ne_court_plus() -> None:
    lues = horloges(
        signe_le=date(2021, 7, 1),
        postes=(
            poste(a_remplacer=True, qualifie_le=date(2025, 6, 2), remplacee_le=date(2024, 12, 2)),
        ),
        tenues={("suivi_caisse", 2): date(2022, 7, 1)},
    )
    for code in ("entree_formation", "qualification", "fae", "remplacement_secretaire"):
        assert lues[code, 7].etat == FAITE
    assert lues["suivi_caisse", 2].pourquoi == "Fait le 1er juillet 2022."
    # What leaves nothing behind it is not asked for once past; what is not done is.
    assert lues["suivi_caisse", 1].etat == FAITE
    assert lues["suivi_caisse", 9].etat == A_VENIR


def test_une_personne_partie_ne_doit_plus_rien_et_la_suivante_tout() -> None:
    lues = horloges(postes=(poste(au=date(2025, 3, 31)), poste(cle=8, du=date(2025, 5, 5))))
    assert lues["qualification", 7].etat == SANS_OBJET
    assert lues["qualification", 8].etat == A_VENIR


def test_un_contrat_fini_n_attend_plus_rien() -> None:
    lues = horloges(
        fini_le=date(2026, 1, 31),
        au=date(2026, 3, 1),
        objectif=24,
        postes=(poste(),),
        renouvele_le=None,
    )
    assert lues["anniversaire", 1].etat == FAITE
    assert {une.etat for cle, une in lues.items() if cle != ("anniversaire", 1)} == {SANS_OBJET}


def test_un_contrat_suivant_repond_au_renouvellement() -> None:
    lue = horloges()["renouvellement", 0]
    assert (lue.jour, lue.jour_ouvre) == (date(2029, 5, 1), date(2029, 4, 30))
    assert lue.lectures[0].dit == REPERE
    assert horloges(renouvele_le=date(2029, 6, 1))["renouvellement", 0].etat == FAITE


def test_l_objectif_est_du_le_jour_que_les_regles_donnent() -> None:
    assert ("objectif", 0) not in horloges()
    lue = horloges(signe_le=date(2021, 7, 1), objectif=36)["objectif", 0]
    assert lue.jour == date(2024, 7, 1)
    assert "cinq ans" in lue.lectures[0].dit
    assert horloges(signe_le=date(2026, 3, 2), objectif=24)["objectif", 0].jour == date(2028, 3, 2)


def test_un_jour_ferie_du_territoire_se_prevoit_la_veille() -> None:
    def abolition(territoire: str) -> date | None:
        return horloges(signe_le=date(2023, 5, 27), fin=date(2028, 5, 26), territoire=territoire)[
            "anniversaire", 2
        ].jour_ouvre

    # 27 May 2025 is a Tuesday, and a day off in Guadeloupe alone.
    assert abolition("") == date(2025, 5, 27)
    assert abolition("guadeloupe") == date(2025, 5, 26)


def test_l_afgsu_vaut_quatre_ans() -> None:
    lue = horloges(postes=(poste(faits={"afgsu_date": date(2025, 2, 3)}),))["afgsu", 7]
    assert lue.jour == date(2029, 2, 3)


@pytest.mark.parametrize("code", DITES_EN_MOTS)
def test_les_durees_dites_en_mots_sont_celles_des_regles(code: str) -> None:
    dite = DITES_EN_MOTS[code]
    assert dite.mots in base_courante().entiere.regles[dite.regle].dit


def test_une_ligne_garde_de_chaque_lecture_de_quoi_la_redire() -> None:
    pause = Pause(date(2025, 10, 1), date(2025, 12, 31))
    for une in horloges(suspensions=(pause,), postes=(poste(),)).values():
        gardees = [lecture.en_json() for lecture in une.lectures]
        redites = lectures_gardees(CADRAN.base, gardees)
        assert redites == une.lectures
    oubliee = {"jour": "2026-07-01", "regle": "echeance.retiree", "certaine": True}
    assert lectures_gardees(CADRAN.base, [oubliee])[0].dit == ""


def test_un_depart_dit_d_avance_laisse_ce_qui_est_du_avant_lui() -> None:
    """The secretary's time is due in January 2025, the title in July 2026: somebody leaves between the two."""
    tenus = (poste(a_remplacer=True, au=date(2025, 3, 31)),)
    codes = (("remplacement_secretaire", 7), ("qualification", 7))
    avant = horloges(postes=tenus, au=date(2024, 12, 1))
    apres = horloges(postes=tenus, au=date(2025, 4, 1))
    assert [avant[un].etat for un in codes] == [A_VENIR, SANS_OBJET]
    assert [apres[un].etat for un in codes] == [SANS_OBJET, SANS_OBJET]


def test_une_fin_dite_d_avance_laisse_ce_qui_est_du_avant_elle() -> None:
    tenus, fini = (poste(a_remplacer=True),), date(2025, 3, 31)
    avant = horloges(postes=tenus, fini_le=fini, au=date(2024, 12, 1))
    apres = horloges(postes=tenus, fini_le=fini, au=date(2025, 4, 1))
    assert avant["remplacement_secretaire", 7].etat == A_VENIR
    assert apres["remplacement_secretaire", 7].etat == SANS_OBJET
    assert avant["fin_contrat", 0].etat == apres["fin_contrat", 0].etat == SANS_OBJET
