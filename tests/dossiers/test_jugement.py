"""A decision holds: papers read, a route and hours, a departure that says itself and is worked out again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers import services
from binome.dossiers.etats import Etat, Nature
from binome.dossiers.models import Decision, Dossier
from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree
from binome.regles.metiers import raisons_d_ecart as raisons
from tests.dossiers.monde import Monde, depose, propose, trancher_tout
from tests.dossiers.navigation import adresse, envoyer, notifier, page
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from django.test import Client

SECRETAIRE, DENTAIRE = "dispense.40913.secretaire", "dispense.40913.dentaire"


def decider(monde: Monde, dossier: Dossier, **autres: Any) -> Decision:
    return decisions.decider(dossier, Acteur(monde.emma), version=dossier.version, **autres)


def derniere(dossier: Dossier) -> Entree:
    return Entree.objects.filter(objet=dossier.objet, geste="dossier.decider").latest("rang")


@remembre
def sans_piece(monde: Monde, **faits: Any) -> Dossier:
    dossier = depose(monde, **faits)
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    return dossier


def test_sans_piece_lue_on_ne_decide_qu_en_le_disant_et_le_journal_le_garde(monde: Monde) -> None:
    dossier = sans_piece(monde)
    refuser = {"nature": Nature.REFUSE, "raison": "sans_piece"}
    with pytest.raises(GesteImpossible, match="Aucune pièce de ce dossier n’est acceptée"):
        decider(monde, dossier, **refuser)
    with pytest.raises(GesteImpossible, match="pourquoi"):
        decider(monde, dossier, nature=Nature.REFUSE, confirme=("sans_piece",))
    decision = decider(monde, dossier, **refuser, confirme=("sans_piece",))
    assert decision.depart["confirme"] == ["sans_piece"]
    apres = derniere(dossier).apres
    assert (apres["confirme"], apres["raison"]) == (["sans_piece"], "sans_piece")


def test_accorder_sans_voie_ou_sans_heures_se_confirme(monde: Monde) -> None:
    dossier = propose(monde, diplomes=[], niveau_diplome=3, experience_secretaire_mois=0)
    with pytest.raises(GesteImpossible, match="sans voie ou sans heures"):
        decider(monde, dossier, nature=Nature.ACCORDE, raison="situation")
    with pytest.raises(GesteImpossible, match="ne vont pas ensemble"):
        decider(monde, dossier, nature=Nature.REFUSE, raison="situation", voie="cqp")
    decision = decider(monde, dossier, nature=Nature.ACCORDE, raison="situation", voie="cqp")
    assert decision.reponse["minutes"]["total"] == 279 * 60
    assert decision.proposition.prouve["voie"] == "refus"
    assert [un["regle"] for un in decision.depart["contre"]] == ["voie.refus"]


def test_accorder_sans_heures_en_le_confirmant(monde: Monde) -> None:
    dossier = propose(monde, diplomes=[], niveau_diplome=3, experience_secretaire_mois=0)
    decision = decider(
        monde,
        dossier,
        nature=Nature.ACCORDE,
        ecart="La CPNEFP tranchera.",
        confirme=("sans_heures",),
    )
    assert (decision.raison, decision.depart["confirme"]) == ("autre", ["sans_heures"])


def test_les_pieces_lues_par_une_autre_personne_se_disent_lues_seul_ou_ensemble(
    monde: Monde,
) -> None:
    trancher_tout(monde, propose(monde))
    dossier, autre = propose(monde), propose(monde)
    ana = Acteur(monde.ana)
    with pytest.raises(GesteImpossible, match="examinées par une autre personne"):
        decisions.decider(dossier, ana, version=dossier.version)
    versions = {autre.reference: autre.version}
    assert "lisez-les" in decisions.confirmer(ana, versions).laisses[0][1]
    assert decisions.confirmer(ana, versions, ("lues",)).confirmes == (autre.reference,)
    decisions.decider(dossier, ana, version=dossier.version, confirme=("lues",))
    assert derniere(dossier).apres["confirme"] == ["lues"]


def test_ensemble_ne_decide_rien_sans_piece(monde: Monde) -> None:
    dossier = sans_piece(monde)
    Dossier.objects.filter(pk=dossier.pk).update(claire=True)
    bilan = decisions.confirmer(Acteur(monde.emma), {dossier.reference: dossier.version}, ("lues",))
    assert bilan.laisses == ((dossier.reference, "aucune de ses pièces n’est acceptée"),)


def test_un_ecart_se_choisit_se_recalcule_et_dit_contre_quoi(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    proposee = dossier.propositions.get().prouve["minutes"]
    lue = page(client, monde.emma, adresse(dossier))
    assert "Les dispenses accordées" in lue
    assert "Les règles répondent : oui" in lue
    gestes = adresse(dossier, "gestes/decider/")
    tape: dict[str, Any] = {
        "version": dossier.version,
        "nature": "accorde",
        "dispenses": ["-", DENTAIRE],
    }
    refusee = envoyer(client, monde.emma, gestes, 422, **tape).content.decode()
    assert "dites pourquoi" in refusee
    assert f'value="{DENTAIRE}" checked' in " ".join(refusee.split())
    envoyer(client, monde.emma, gestes, **tape, raison="equivalence", ecart="Titre belge.")
    decision = Decision.objects.get()
    assert decision.depart["ecart"]["dispenses"] == {SECRETAIRE: False, DENTAIRE: True}
    assert decision.reponse["minutes"]["total"] == proposee["total"] + (63 - 21) * 60
    notifier(dossier)
    lue = page(client, monde.lea, adresse(dossier))
    for dit in ("Dispense non accordée : Secrétariat médical", "Dispense accordée : Assistance dentaire",
                raisons.en_clair("equivalence"), "Titre belge.", "Ce que les règles répondaient"):  # fmt: skip
        assert dit in lue, dit


def test_les_cases_telles_que_proposees_ne_sont_pas_un_ecart(monde: Monde) -> None:
    dossier = propose(monde)
    decision = decider(monde, dossier, nature=Nature.ACCORDE, dispenses=(SECRETAIRE,), voie="cqp")
    assert decision.depart == {}
    assert decision.reponse == decision.proposition.prouve


def test_une_reserve_n_est_pas_un_ecart_et_un_refus_en_est_un(monde: Monde) -> None:
    dossier = propose(monde)
    with pytest.raises(GesteImpossible, match="dites pourquoi"):
        decider(monde, dossier, nature=Nature.REFUSE)
    decision = decider(monde, dossier, nature=Nature.RESERVE, reserve="Fournir l’AFGSU.")
    assert (decision.raison, decision.depart) == ("", {})
    assert Dossier.objects.get().etat == Etat.ARRETE


@pytest.mark.parametrize(
    ("tape", "dit"),
    [
        ({"raison": "inconnue"}, "une raison de la liste"),
        ({"raison": "autre"}, "dites quelle raison"),
        ({"raison": "situation", "heures": "beaucoup"}, "Écrivez les heures ainsi"),
        ({"raison": "situation", "voie": "nulle"}, "n’existe pas"),
    ],
)
def test_un_ecart_mal_dit_est_refuse_en_mots(monde: Monde, tape: dict[str, str], dit: str) -> None:
    dossier = propose(monde)
    with pytest.raises(GesteImpossible, match=dit):
        decider(monde, dossier, nature="accorde" if "voie" in tape else "refuse", **tape)
    assert not Decision.objects.exists()


def test_des_heures_fixees_a_la_main(monde: Monde) -> None:
    decision = decider(
        monde, propose(monde), nature=Nature.ACCORDE, heures="200", raison="position"
    )
    assert decision.reponse["minutes"]["formation"] == 200 * 60
    assert decision.depart["ecart"]["minutes"] == 200 * 60


def test_accorder_zero_heure_se_confirme_et_la_case_vient_avec_le_refus(
    client: Client, monde: Monde
) -> None:
    """None is not some: nothing to follow is confirmed as the lack of hours is, on the very form that was refused."""
    dossier = propose(monde)
    gestes, case = adresse(dossier, "gestes/decider/"), 'value="sans_heures"'
    assert case not in page(client, monde.emma, adresse(dossier))
    tape: dict[str, Any] = {
        "version": dossier.version, "nature": "accorde", "heures": "0", "raison": "autre",
        "ecart": "Tout est acquis.",
    }  # fmt: skip
    refusee = envoyer(client, monde.emma, gestes, 422, **tape)
    assert "sans voie ou sans heures" in refusee.content.decode()
    assert case in " ".join(refusee.content.decode().split())
    envoyer(client, monde.emma, gestes, **tape, confirme="sans_heures")
    decision = Decision.objects.get()
    assert decision.reponse["minutes"]["formation"] == 0
    assert decision.depart["confirme"] == ["sans_heures"]


@pytest.mark.parametrize(
    ("fixe", "champ"),
    [({"heures": "100"}, "heures"), ({"dispenses": ["-", DENTAIRE]}, "dispenses")],
)
def test_un_refus_n_accorde_ni_heures_ni_dispenses(
    client: Client, monde: Monde, fixe: dict[str, Any], champ: str
) -> None:
    dossier = propose(monde)
    gestes = adresse(dossier, "gestes/decider/")
    tape: dict[str, Any] = {
        "version": dossier.version, "nature": "refuse", "raison": "situation",
    }  # fmt: skip
    refusee = envoyer(client, monde.emma, gestes, 422, **tape, **fixe).content.decode()
    assert "Un refus n’accorde ni heures ni dispenses" in refusee
    assert f'href="#{champ}"' in refusee
    assert f'id="{champ}"' in refusee
    envoyer(client, monde.emma, gestes, **tape, dispenses=["-", SECRETAIRE])
    assert Decision.objects.get().depart["ecart"] == {
        "voie": None, "dispenses": {}, "minutes": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tape", "nom"),
    [
        ({"dispenses": ["-", SECRETAIRE, "zz"]}, "« zz »"),
        ({"dispenses": ["-", "dispense.384.secretaire"]}, "« dispense.384.secretaire »"),
        ({"confirme": "je_confirme"}, "« je_confirme »"),
    ],
)
def test_un_code_inconnu_est_refuse_par_son_nom(
    client: Client, monde: Monde, tape: dict[str, Any], nom: str
) -> None:
    """Neither an exemption of another version nor a box that does not exist is left in silence."""
    dossier = propose(monde)
    gestes = adresse(dossier, "gestes/decider/")
    tape |= {"version": dossier.version, "nature": "accorde"}
    refusee = envoyer(client, monde.emma, gestes, 422, **tape).content.decode()
    assert nom in refusee.replace("\u202f", " ")
    assert not Decision.objects.exists()


def test_le_catalogue_est_date() -> None:
    assert raisons.AUTRE in raisons.raisons()
    une = raisons.RaisonDEcart("x", "X", date(2026, 1, 2), date(2026, 3, 4))
    assert [une.sert(date(2026, mois, 3)) for mois in (1, 3, 4)] == [True, True, False]
    assert raisons.en_clair("autre") == raisons.en_clair("disparue") == ""


@pytest.mark.parametrize("faute", [{"ecart": "x"}, {"raison": "autre"}])
def test_la_base_refuse_un_ecart_sans_raison(monde: Monde, faute: dict[str, str]) -> None:
    decision = decider(monde, propose(monde))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**faute)
