"""A job is said once, ends after it began, and the shares of one person never pass a full time."""

from __future__ import annotations

from datetime import date
from itertools import product
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction

from binome.comptes.services import ChangementImpossible, creer_organisation
from binome.diagnostic.reconciliation import differences
from binome.emplois.models import Adhesion, Emploi, Salarie
from binome.emplois.parts import PLEIN, dire
from binome.emplois.services import (
    adherer,
    dire_l_emploi,
    finir,
    la_plus_lourde,
    quitter,
    reconnaitre,
    retirer,
    salarie_de,
)
from binome.journal.histoire import histoire
from tests.dossiers.monde import personne

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde
    from tests.emplois.conftest import Employeurs

QUI = "systeme"
JANVIER, MARS, JUIN, DECEMBRE = (date(2026, mois, 15) for mois in (1, 3, 6, 12))
TIERS, MOITIE = 3_333, 5_000


def lea_au_travail(monde: Monde) -> Salarie:
    return salarie_de(monde.lea, auteur=QUI)


def test_un_emploi_se_dit_et_se_raconte(monde: Monde, employeurs: Employeurs) -> None:
    lea = lea_au_travail(monde)
    emploi = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, part=MOITIE, du=JANVIER)
    assert lea == lea_au_travail(monde)
    (dit,) = histoire(emploi.objet)
    assert dit["geste"] == "emploi.dit"
    assert dit["prive"] == {"part": 5000, "du": "2026-01-15", "au": None}
    assert "5000" not in str(dit["apres"])
    finir(emploi, JUIN, auteur=QUI)
    assert Emploi.objects.get(pk=emploi.pk).au == JUIN
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("part", "mots"),
    [
        (None, "part de temps inconnue"),
        (10_000, "temps plein"),
        (5_000, "50 % d’un temps plein"),
        (3_333, "33,33 % d’un temps plein"),
    ],
)
def test_une_part_se_dit_et_l_inconnue_n_est_pas_un_temps_plein(
    part: int | None, mots: str
) -> None:
    assert dire(part) == mots


def test_trois_tiers_tiennent_et_un_quatrieme_non(monde: Monde, employeurs: Employeurs) -> None:
    lea = lea_au_travail(monde)
    for rang in range(3):
        tiers = creer_organisation("cabinet", f"Cabinet {rang}", exemple=True)
        dire_l_emploi(lea, tiers, auteur=QUI, part=TIERS)
    with pytest.raises(ChangementImpossible, match="dépasserait un temps plein"):
        dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, part=TIERS)
    # What is not known is not counted: nobody says that it is a full time.
    assert dire_l_emploi(lea, employeurs.cabinet, auteur=QUI).part is None


def test_deux_emplois_qui_se_suivent_ne_s_ajoutent_pas(
    monde: Monde, employeurs: Employeurs
) -> None:
    lea = lea_au_travail(monde)
    dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, part=PLEIN, du=JANVIER, au=MARS)
    with pytest.raises(ChangementImpossible, match="dépasserait"):
        dire_l_emploi(lea, employeurs.voisin, auteur=QUI, part=1, du=MARS)
    dire_l_emploi(lea, employeurs.voisin, auteur=QUI, part=PLEIN, du=date(2026, 3, 16))


def test_le_jour_le_plus_lourd_est_celui_que_donne_chaque_jour() -> None:
    """Day by day over three weeks, whatever the days of three jobs."""
    jours = [None, *(date(2026, 1, jour) for jour in (3, 7, 12))]
    durees = [
        (debut, fin, part)
        for part, (debut, fin) in zip(
            (1, 10, 100, 1000),
            [(None, jours[2]), (jours[1], None), (jours[2], jours[3]), (None, None)],
            strict=True,
        )
    ]
    for taille, depart in product(range(len(durees) + 1), jours):
        parts = durees[:taille]
        premier = date(2025, 12, 25) if depart is None else depart
        attendu = max(
            sum(
                part
                for debut, fin, part in parts
                if (debut is None or debut <= jour) and (fin is None or jour <= fin)
            )
            for jour in (date.fromordinal(premier.toordinal() + ecart) for ecart in range(30))
        )
        assert la_plus_lourde(parts, depart) == attendu


@pytest.mark.postgresql
def test_un_emploi_ouvert_n_est_pas_dit_deux_fois(monde: Monde, employeurs: Employeurs) -> None:
    lea = lea_au_travail(monde)
    emploi = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI)
    with pytest.raises(ChangementImpossible, match="déjà dit"):
        dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, du=JUIN)
    finir(emploi, MARS, auteur=QUI)
    with pytest.raises(ChangementImpossible, match="déjà dit"):
        dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, du=MARS)
    dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, du=JUIN)
    with pytest.raises(ChangementImpossible, match="déjà terminé"):
        finir(emploi, JUIN, auteur=QUI)


def test_ce_qui_est_retire_ne_compte_plus(monde: Monde, employeurs: Employeurs) -> None:
    lea = lea_au_travail(monde)
    emploi = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, part=PLEIN)
    retirer(emploi, auteur=QUI)
    retirer(emploi, auteur=QUI)
    assert [un["geste"] for un in histoire(emploi.objet)] == ["emploi.dit", "emploi.retire"]
    dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, part=PLEIN)
    with pytest.raises(ChangementImpossible, match="déjà terminé"):
        finir(emploi, JUIN, auteur=QUI)
    assert list(differences()) == []


@pytest.mark.parametrize("part", [0, -1, 10_001])
def test_une_part_hors_bornes_est_refusee(monde: Monde, employeurs: Employeurs, part: int) -> None:
    with pytest.raises(ChangementImpossible, match="part de temps"):
        dire_l_emploi(lea_au_travail(monde), employeurs.cabinet, auteur=QUI, part=part)


def test_une_fin_ne_vient_pas_avant_le_debut(monde: Monde, employeurs: Employeurs) -> None:
    lea = lea_au_travail(monde)
    with pytest.raises(ChangementImpossible, match="pas avant le premier"):
        dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, du=MARS, au=JANVIER)
    emploi = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, du=MARS)
    with pytest.raises(ChangementImpossible, match="pas avant le premier"):
        finir(emploi, JANVIER, auteur=QUI)
    assert finir(emploi, MARS, auteur=QUI).au == MARS


def test_seul_un_cabinet_ou_un_groupement_emploie(monde: Monde, employeurs: Employeurs) -> None:
    lea = lea_au_travail(monde)
    with pytest.raises(ChangementImpossible, match="Seul un cabinet"):
        dire_l_emploi(lea, monde.organisme, auteur=QUI)
    assert dire_l_emploi(lea, employeurs.groupement, auteur=QUI).employeur == employeurs.groupement


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("valeurs", "contrainte"),
    [
        ({"part": 0}, "part_d_un_temps_plein"),
        ({"part": 10_001}, "part_d_un_temps_plein"),
        ({"du": MARS, "au": JANVIER}, "fin_apres_le_debut"),
        ({}, "un_seul_ouvert|UNIQUE"),
    ],
)
def test_la_base_refuse_ce_que_le_service_refuse(
    monde: Monde, employeurs: Employeurs, valeurs: dict[str, Any], contrainte: str
) -> None:
    lea = lea_au_travail(monde)
    dire_l_emploi(lea, employeurs.cabinet, auteur=QUI)
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        Emploi.objects.create(salarie=lea, employeur=employeurs.cabinet, **valeurs)


def test_un_groupement_reunit_des_cabinets_d_un_jour_a_un_jour(employeurs: Employeurs) -> None:
    groupement, cabinet = employeurs.groupement, employeurs.cabinet
    autre = creer_organisation("groupement", "Autre groupement", exemple=True)
    for faux, membre in ((groupement, autre), (groupement, groupement), (cabinet, cabinet)):
        with pytest.raises(ChangementImpossible, match="rien d’autre"):
            adherer(faux, membre, JANVIER, auteur=QUI)
    dit_seulement = creer_organisation(
        "cabinet", "Cabinet", identifiant="73282932000074", exemple=True,
        parrain=creer_organisation("organisme", "Organisme", exemple=True),
    )  # fmt: skip
    with pytest.raises(ChangementImpossible, match="Confirmez d’abord"):
        adherer(groupement, dit_seulement, JANVIER, auteur=QUI)
    adhesion = adherer(groupement, cabinet, JANVIER, auteur=QUI)
    with pytest.raises(ChangementImpossible, match="déjà dans ce groupement"):
        adherer(groupement, cabinet, JUIN, auteur=QUI)
    with pytest.raises(ChangementImpossible, match="avant d’y entrer"):
        quitter(adhesion, date(2026, 1, 14), auteur=QUI)
    quitter(adhesion, MARS, auteur=QUI)
    with pytest.raises(ChangementImpossible, match="a déjà quitté"):
        quitter(adhesion, JUIN, auteur=QUI)
    with pytest.raises(ChangementImpossible, match="déjà dans ce groupement"):
        adherer(groupement, cabinet, MARS, auteur=QUI)
    adherer(groupement, cabinet, JUIN, auteur=QUI)
    assert list(differences()) == []


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("soi", "jours", "contrainte"),
    [
        (True, (JANVIER, None), "pas_membre_de_soi"),
        (False, (MARS, JANVIER), "depart_apres_l_entree"),
        (False, (JANVIER, None), "membre_une_fois|UNIQUE"),
    ],
)
def test_la_base_refuse_un_groupement_en_lui_meme_et_des_jours_a_l_envers(
    employeurs: Employeurs, soi: bool, jours: tuple[date, date | None], contrainte: str
) -> None:
    groupement = employeurs.groupement
    membre = groupement if soi else employeurs.cabinet
    adherer(groupement, employeurs.cabinet, JANVIER, auteur=QUI)
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        Adhesion.objects.create(groupement=groupement, membre=membre, du=jours[0], au=jours[1])


def test_qui_n_a_pas_de_compte_travaille_puis_est_reconnu(
    monde: Monde, employeurs: Employeurs
) -> None:
    inconnu = salarie_de(None, auteur=QUI)
    assert inconnu != salarie_de(None, auteur=QUI)
    emploi = dire_l_emploi(inconnu, employeurs.cabinet, auteur=QUI)
    assert reconnaitre(inconnu, monde.lea, auteur=QUI) == {}
    assert lea_au_travail(monde) == inconnu
    assert reconnaitre(inconnu, monde.lea, auteur=QUI) == {}
    # Who is recognised is nobody else's.
    assert reconnaitre(Salarie.objects.get(pk=inconnu.pk), personne("marc"), auteur=QUI) == {}
    assert lea_au_travail(monde).emplois.get() == emploi
    assert [un["geste"] for un in histoire(inconnu.objet)] == ["salarie.ouvert", "salarie.reconnu"]
    assert list(differences()) == []


@pytest.mark.postgresql
def test_reconnaitre_reunit_les_emplois_sans_les_doubler(
    monde: Monde, employeurs: Employeurs
) -> None:
    lea, ailleurs = lea_au_travail(monde), salarie_de(None, auteur=QUI)
    garde = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, part=6_000)
    double = dire_l_emploi(ailleurs, employeurs.cabinet, auteur=QUI, part=2_000)
    second = dire_l_emploi(ailleurs, employeurs.voisin, auteur=QUI, part=7_000)
    troisieme = dire_l_emploi(ailleurs, employeurs.groupement, auteur=QUI, part=1_000)
    assert reconnaitre(ailleurs, monde.lea, auteur=QUI) == {double.pk: garde.pk}
    tenus = dict(lea.emplois.filter(retire_le=None).values_list("pk", "part"))
    # 60 % and 70 % cannot both be: the second word is no longer known.
    assert tenus == {garde.pk: 6_000, second.pk: None, troisieme.pk: 1_000}
    assert Emploi.objects.get(pk=double.pk).retire_le is not None
    assert list(differences()) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_deux_qui_disent_ensemble_ne_passent_pas_un_temps_plein() -> None:
    """Each has read that half is free: one of them must see what the other wrote."""
    lea = salarie_de(personne("lea"), auteur=QUI)
    cabinets = [creer_organisation("cabinet", f"Cabinet {rang}", exemple=True) for rang in "ab"]
    depart, issues = Barrier(2), []

    def dire_en_meme_temps(rang: int) -> None:
        try:
            depart.wait(10)
            dire_l_emploi(lea, cabinets[rang], auteur=QUI, part=6_000)
            issues.append("dit")
        except ChangementImpossible:
            issues.append("refusé")
        finally:
            connection.close()

    fils = [Thread(target=dire_en_meme_temps, args=(rang,)) for rang in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert sorted(issues) == ["dit", "refusé"]
    assert Emploi.objects.get().part == 6_000
