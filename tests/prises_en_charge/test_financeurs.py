"""Whom a request may name: a payer of Binôme that somebody answers for, or one outside, always written the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.comptes.models import Appartenance
from binome.comptes.services import creer_organisation
from binome.gestes.refus import GesteImpossible
from binome.prises_en_charge.demandes import modifier, preparer, preparer_un_avenant
from binome.prises_en_charge.financeurs import deja_ecrits, muets, retenu
from binome.prises_en_charge.models import PriseEnCharge
from tests.prises_en_charge.monde import Paye, ce_mois, paye
from tests.prises_en_charge.test_pages import ICI, chez, formulaire, lu

if TYPE_CHECKING:
    from binome.comptes.models import Organisation

pytestmark = pytest.mark.django_db


def sans_personne(opco: Organisation) -> None:
    """Nobody answers for the payer any more."""
    role = Appartenance.objects.filter(organisation=opco)
    role.update(close_le=role.get().ouverte_le)


def dehors(gens: Paye, nom: str, voie: str) -> PriseEnCharge:
    return preparer(
        gens.parcours, gens.alice, gens.termes(payeur=None, autre_payeur=nom, voie=voie)
    )


def test_un_financeur_que_personne_ne_tient_se_dit_avant_l_envoi() -> None:
    gens = paye()
    alice, vers = chez(gens.monde.alice), f"{ICI}parcours/{gens.parcours.pk}/"
    assert muets([gens.opco.pk]) == frozenset()
    assert "où personne ne répond encore" not in lu(alice, vers)
    sans_personne(gens.opco)
    assert "Opco d’essai, où personne ne répond encore" in lu(alice, vers)
    prise = preparer(gens.parcours, gens.alice, gens.termes())
    page = f"/espace/suivis/prises-en-charge/{prise.pk}/"
    assert "Modifiez-la : ne choisissez aucun financeur, et écrivez son nom" in lu(alice, page)
    # Its name is written instead, though it is in Binôme: the answer is copied.
    termes = formulaire(gens, payeur="", autre_payeur="OPCO d’Essai")
    change = {**termes, "version": str(prise.version)}
    assert alice.post(f"{ICI}{prise.pk}/modifier/", change).status_code == 302
    assert "Personne ne répond" not in lu(alice, page)
    prise.refresh_from_db()
    assert (prise.payeur, prise.autre_payeur) == (None, "OPCO d’Essai")


def test_une_demande_partie_chez_personne_dit_comment_en_sortir() -> None:
    gens = paye()
    prise = gens.demandee()
    page = f"/espace/suivis/prises-en-charge/{prise.pk}/"
    sans_personne(gens.opco)
    assert "Retirez-la, puis préparez-en une autre" in lu(chez(gens.monde.alice), page)
    assert "Personne ne répond" not in lu(chez(gens.monde.lea), page)


def test_un_financeur_qui_lit_ses_demandes_se_choisit(monkeypatch: pytest.MonkeyPatch) -> None:
    gens = paye()
    with pytest.raises(GesteImpossible, match="choisissez-le dans la liste"):
        dehors(gens, "OPCO-D'ESSAI", "pdc")
    for vide in ("", "…", "—"):
        with pytest.raises(GesteImpossible, match="écrivez son nom"):
            dehors(gens, vide, "pdc")
    autre = creer_organisation("opco", "Opco d’un autre monde", exemple=not gens.opco.exemple)
    with pytest.raises(GesteImpossible, match="de la liste"):
        preparer(gens.parcours, gens.alice, gens.termes(payeur=autre))


def test_un_financeur_de_dehors_a_un_seul_nom() -> None:
    """Whatever its spelling, it is the row that was there; the form proposes it once, to this organisation alone."""
    gens = paye()
    assert dehors(gens, "Société d’Essai", "pdc").autre_payeur == "Société d’Essai"
    for rang, nom in enumerate(("SOCIETE D'ESSAI", "société  d’essai", "Societe d’Essai.")):
        voie = ("poei", "poec", "cpf")[rang]
        assert dehors(gens, nom, voie).autre_payeur == "Société d’Essai"
    with pytest.raises(GesteImpossible, match="existe déjà"):
        dehors(gens, "societe d essai", "pdc")
    organisme = gens.monde.organisme.pk
    assert deja_ecrits(organisme) == ["Société d’Essai"]
    assert retenu(organisme + 1, "SOCIETE D'ESSAI") == "SOCIETE D'ESSAI"
    page = chez(gens.monde.alice).get(f"{ICI}parcours/{gens.parcours.pk}/").content.decode()
    assert page.count('<option value="Société d’Essai">') == 1
    assert 'list="financeurs-ecrits"' in page


def test_ce_qui_fut_ecrit_de_plusieurs_facons_se_propose_une_fois() -> None:
    gens = paye()
    for voie, nom in (
        ("pdc", "Fonds A"),
        ("poei", "FONDS A"),
        ("poec", "Fonds A"),
        ("cpf", "Autre"),
    ):
        prise = dehors(gens, f"Essai {voie}", voie)
        PriseEnCharge.objects.filter(pk=prise.pk).update(autre_payeur=nom)
    assert deja_ecrits(gens.monde.organisme.pk) == ["Autre", "Fonds A"]


def test_un_avenant_garde_le_nom_de_son_accord_quoi_qu_il_arrive() -> None:
    """The payer came to Binôme since, or is written otherwise elsewhere: the agreement's name stays, and another is refused."""
    gens = paye()
    prise = gens.demandee(payeur=None, autre_payeur="Opco bis")
    gens.geste(prise, "accorder", gens.alice, numero_d_accord="A-2")
    bis = creer_organisation("opco", "OPCO BIS", exemple=gens.opco.exemple)
    Appartenance.objects.filter(organisation=gens.opco).update(organisation=bis)
    termes = gens.termes(payeur=None, autre_payeur="Opco bis", taux_cents=1_500)
    avenant = preparer_un_avenant(
        PriseEnCharge.objects.get(pk=prise.pk), gens.alice, termes, ce_mois(-1)
    )
    assert avenant.autre_payeur == "Opco bis"
    for autre in ({"voie": "cpf"}, {"autre_payeur": "Un autre"}):
        with pytest.raises(GesteImpossible, match="garde la voie et le financeur"):
            modifier(avenant, gens.alice, gens.termes(**{"payeur": None, "autre_payeur": "Opco bis", **autre}), version=avenant.version)  # fmt: skip
