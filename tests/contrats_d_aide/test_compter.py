"""The rows of clocks and payments: counted after each gesture, moved and never doubled, and counted again under other rules."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.contrats_d_aide import annees_ensemble, recompter
from binome.contrats_d_aide.annees_ensemble import annees_de
from binome.contrats_d_aide.compter import compter_les_contrats
from binome.contrats_d_aide.etats import EtatDeVersement, EtatDHorloge
from binome.contrats_d_aide.lire_les_vies import lire_les_vies
from binome.contrats_d_aide.models import (
    Contrat,
    EcartDeContrat,
    HorlogeDeContrat,
    PosteDuContrat,
    RecompteDeContrats,
    VersementAttendu,
)
from binome.regles.courante import base_courante, construire
from tests.contrats_d_aide.cabinets import SIGNE, Cabinets, deux_medecins

if TYPE_CHECKING:
    from binome.regles.base import Base

pytestmark = pytest.mark.django_db


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def horloges(contrat: Contrat) -> dict[tuple[str, int], HorlogeDeContrat]:
    """Its rows, by code and rank."""
    return {(une.code, une.rang): une for une in HorlogeDeContrat.objects.filter(contrat=contrat)}


def versements(contrat: Contrat) -> dict[str, tuple[date | None, int | None, str]]:
    """Its payments, by their code: day, cents, state."""
    return {
        f"{un.rang}.{un.numero}": (un.jour, un.montant_cents, un.etat)
        for un in VersementAttendu.objects.filter(contrat=contrat)
    }


def poste_de(contrat: Contrat, genre: str = "assistant") -> PosteDuContrat:
    """The post of that kind."""
    return PosteDuContrat.objects.get(contrat=contrat, genre=genre)


def autre_bareme() -> Base:
    """The rules of the day, but for a half-time that pays a thousand euros more in its first year."""
    brut: Any = copy.deepcopy(base_courante().entiere.brut)
    for table in brut["tables"]:
        for regle in table["regles"]:
            if regle["id"] == "bareme.demi-2024":
                regle["alors"]["bareme"]["an1"] = "20 000 €"
    return construire(brut)


def test_un_contrat_prepare_n_a_pas_d_echeance_un_contrat_signe_en_a(ici: Cabinets) -> None:
    contrat = ici.prepare()
    assert not horloges(contrat)
    ici.geste(contrat, "signer", signe_le=SIGNE)
    lues = horloges(contrat)
    assert lues["anniversaire", 1].jour == date(2025, 9, 2)
    assert lues["fin_contrat", 0].jour == date(2029, 9, 1)
    assert versements(contrat)["1.1"] == (date(2024, 10, 2), 1_900_000, EtatDeVersement.ATTENDU)
    assert versements(contrat)["2.1"] == (date(2025, 9, 2), 1_400_000, EtatDeVersement.ATTENDU)
    assert versements(contrat)["3.2"] == (None, 550_000, EtatDeVersement.ATTENDU)


def test_qui_travaille_apporte_ses_echeances_et_la_plus_proche_se_lit_sur_le_contrat(
    ici: Cabinets,
) -> None:
    contrat = ici.signe()
    ici.geste(
        contrat, "poser", genre="assistant", emploi=ici.emploi, part=5_000, du=SIGNE, promue=True
    )
    poste = poste_de(contrat)
    lues = horloges(contrat)
    assert lues["remplacement_secretaire", poste.pk].jour == date(2025, 3, 2)
    assert lues["qualification", poste.pk].jour == date(2026, 9, 2)
    contrat.refresh_from_db()
    assert (contrat.prochaine, contrat.prochaine_le) == (
        "remplacement_secretaire",
        date(2025, 3, 2),
    )
    ici.geste(
        contrat, "noter", nature="secretariat", du=date(2025, 1, 6), pourvu_par="telesecretariat",
        poste=poste_de(contrat, "secretaire_a_remplacer"),
    )  # fmt: skip
    faite = horloges(contrat)["remplacement_secretaire", poste.pk]
    assert faite.etat == EtatDHorloge.FAITE
    assert faite.preuve is not None
    assert faite.preuve.du == date(2025, 1, 6)
    contrat.refresh_from_db()
    assert contrat.prochaine == "qualification"


def test_ce_qui_bouge_garde_son_identifiant(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "noter", nature="afgsu", poste=poste_de(contrat), du=date(2025, 2, 3))
    avant = horloges(contrat)
    cle = ("afgsu", poste_de(contrat).pk)
    ici.geste(contrat, "noter", nature="afgsu", poste=poste_de(contrat), du=date(2025, 9, 1))
    apres = horloges(contrat)
    assert (avant[cle].jour, apres[cle].jour) == (date(2029, 2, 3), date(2029, 9, 1))
    assert {cle: une.uid for cle, une in avant.items()} == {
        cle: une.uid for cle, une in apres.items()
    }
    changees = {cle for cle, une in apres.items() if une.changee_le != avant[cle].changee_le}
    assert changees == {cle}


def test_une_absence_une_suspension_et_leur_fin(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    poste = poste_de(contrat)
    ici.geste(contrat, "noter", nature="absence", poste=poste, du=date(2025, 3, 3))
    assert horloges(contrat)["absence_longue", poste.pk].jour == date(2025, 6, 3)
    ici.geste(contrat, "suspendre", du=date(2025, 6, 3))
    assert horloges(contrat)["absence_longue", poste.pk].etat == EtatDHorloge.FAITE
    assert versements(contrat)["2.1"][2] == EtatDeVersement.SUSPENDU
    assert [une["jour"] for une in horloges(contrat)["fin_contrat", 0].lectures] == [
        "2029-09-01",
        None,
    ]
    ici.geste(contrat, "reprendre", du=date(2025, 9, 10))
    # 99 days: from 3 June to 9 September, both included.
    assert [une["jour"] for une in horloges(contrat)["fin_contrat", 0].lectures] == [
        "2029-09-01", "2029-12-09",
    ]  # fmt: skip
    assert versements(contrat)["2.1"][2] == EtatDeVersement.ATTENDU


def test_un_evenement_rectifie_ne_compte_plus(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "noter", nature="absence", poste=poste_de(contrat), du=date(2025, 3, 3))
    absence = contrat.evenements.get(nature="absence")
    ici.geste(contrat, "noter", nature="rectification", du=date(2025, 3, 4), annule=absence)
    cle = ("absence_longue", poste_de(contrat).pk)
    # The row stays, without object: a calendar that holds it takes it off.
    assert horloges(contrat)[cle].etat == EtatDHorloge.SANS_OBJET


def test_un_versement_recu_est_verse(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(
        contrat,
        "noter",
        nature="versement",
        du=date(2024, 10, 14),
        code="1.1",
        montant_cents=1_850_000,
    )
    ligne = VersementAttendu.objects.get(contrat=contrat, rang=1)
    assert (ligne.etat, ligne.paye_le, ligne.paye_cents) == (
        EtatDeVersement.VERSE, date(2024, 10, 14), 1_850_000,
    )  # fmt: skip


def test_un_avenant_change_les_annees_qui_commencent_apres_lui(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "amender", du=date(2025, 12, 1), option="un", etp=None)
    lus = versements(contrat)
    assert (lus["2.1"][1], lus["3.1"][1]) == (1_400_000, 1_100_000)


def test_une_fin_avant_le_terme_ne_promet_plus_rien_ensuite(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(
        contrat, "resilier", par="medecin", lettre_le=date(2025, 10, 1), fini_le=date(2025, 12, 31),
        explication="",
    )  # fmt: skip
    lus = versements(contrat)
    assert {code for code, (_, _, etat) in lus.items() if etat != EtatDeVersement.SANS_OBJET} == {
        "1.1", "2.1",
    }  # fmt: skip
    contrat.refresh_from_db()
    assert (contrat.prochaine_le, contrat.prochaine) == (None, "")


def test_les_colonnes_disent_ce_que_dit_chaque_contrat(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch
) -> None:
    contrats = [
        ici.en_cours(),
        ici.signe(ici.deux, date(2021, 5, 3), option="tiers", bande="p90_p95"),
    ]
    base = base_courante()
    vies = lire_les_vies(base, [un.pk for un in contrats])
    un_par_un = annees_de(base, vies)
    monkeypatch.setattr(annees_ensemble, "ENSEMBLE", 1)
    ensemble = annees_de(base, vies)
    assert [[une.montants for une in siennes] for siennes in ensemble] == [
        [dict(une.montants) for une in siennes] for siennes in un_par_un
    ]
    assert [[(une.rang, une.du, une.au) for une in siennes] for siennes in ensemble] == [
        [(une.rang, une.du, une.au) for une in siennes] for siennes in un_par_un
    ]


def test_compter_de_nouveau_n_ecrit_rien_et_coute_peu(ici: Cabinets) -> None:
    contrats = [ici.en_cours(), ici.signe(ici.deux)]
    with CaptureQueriesContext(
        connection,
    ) as un_seul:
        compter_les_contrats([contrats[0].pk])
    with CaptureQueriesContext(connection) as deux:
        changements = compter_les_contrats([un.pk for un in contrats])
    assert (changements.lus, changements.horloges, changements.argent) == (2, 0, {})
    assert len(deux) <= len(un_seul)
    assert not [
        requete for requete in deux if requete["sql"].startswith(("UPDATE", "INSERT", "DELETE"))
    ]


def test_d_autres_regles_disent_qui_gagne_et_s_essaient_sans_rien_ecrire(ici: Cabinets) -> None:
    gagne, _ = ici.signe(), ici.signe(ici.deux, date(2023, 9, 4))
    changements = recompter.essayer(autre_bareme())
    assert changements.lus == 2
    assert changements.argent == {gagne.pk: (6_600_000, 6_700_000)}
    assert (changements.gagnent, changements.perdent) == ([gagne.pk], [])
    assert versements(gagne)["1.1"][1] == 1_900_000


def test_le_travail_recompte_une_fois_par_base_et_garde_les_ecarts(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch
) -> None:
    premier, second = ici.signe(), ici.signe(ici.deux)
    monkeypatch.setattr(recompter, "LOT", 1)
    assert [recompter.recompter() for _ in range(4)] == [1, 1, 0, 0]
    neuve = autre_bareme()
    # A kill between two lots leaves what was counted, and the rest for the next pass.
    assert recompter.recompter(neuve) == 1
    assert versements(premier)["1.1"][1] == 2_000_000
    assert versements(second)["1.1"][1] == 1_900_000
    assert [recompter.recompter(neuve) for _ in range(3)] == [1, 0, 0]
    dernier = RecompteDeContrats.objects.get(base=neuve.empreinte)
    assert dernier.fini_le is not None
    assert (dernier.lus, dernier.gagnent, dernier.perdent) == (2, 2, 0)
    assert EcartDeContrat.objects.filter(recompte=dernier).count() == 2


def test_un_jour_qui_passe_laisse_la_place_au_suivant(ici: Cabinets) -> None:
    contrat = ici.signe(le=date(2024, 9, 2))
    recompter.recompter()
    recompter.recompter()
    HorlogeDeContrat.objects.filter(contrat=contrat, code="anniversaire", rang=1).update(
        etat="a_venir"
    )
    assert recompter.recompter() == 1
    assert horloges(contrat)["anniversaire", 1].etat == EtatDHorloge.FAITE
    assert recompter.recompter() == 0


def test_des_regles_reprises_apres_d_autres_sont_comptees_de_nouveau(ici: Cabinets) -> None:
    """Rules rolled back to a base that was counted before the others: its row begins anew, and the money is its own again."""
    contrat = ici.en_cours()

    def montants(base: Base) -> list[int | None]:
        while recompter.recompter(base):
            pass
        versements = VersementAttendu.objects.filter(contrat=contrat).order_by("rang", "numero")
        return list(versements.values_list("montant_cents", flat=True))

    neuve = autre_bareme()
    avant, pendant = montants(base_courante()), montants(neuve)
    assert pendant != avant
    assert montants(base_courante()) == avant
    reprise = RecompteDeContrats.objects.get(base=base_courante().empreinte)
    assert (reprise.lus, reprise.gagnent + reprise.perdent, reprise.ecarts.count()) == (1, 1, 1)
    assert recompter.recompter() == 0


def test_le_lendemain_d_un_depart_dit_d_avance_ce_qui_restait_n_est_plus_du(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch
) -> None:
    contrat = ici.en_cours(le=date(2026, 9, 1))
    dernier = date(2028, 12, 31)
    ici.geste(contrat, "liberer", poste=poste_de(contrat), au=dernier)
    while recompter.recompter():
        pass
    cle = ("qualification", poste_de(contrat).pk)
    assert horloges(contrat)[cle].etat == EtatDHorloge.A_VENIR
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dernier + timedelta(days=1))
    assert recompter.recompter() == 1
    assert horloges(contrat)[cle].etat == EtatDHorloge.SANS_OBJET
    assert recompter.recompter() == 0
