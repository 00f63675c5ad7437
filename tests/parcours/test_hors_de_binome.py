"""A path whose decision was taken elsewhere: copied from its letter, never recomputed, and never told as decided here."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.bureau.lignes import lignes
from binome.comptes.acteur import Acteur
from binome.conservation import termes
from binome.courrier.models import Message
from binome.dossiers.effacement import anonymiser
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX as DOSSIER
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import visibles as dossiers_visibles
from binome.dossiers.registre import devenirs, exporter, retient
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.parcours.etats import EtatDeParcours, Statut
from binome.parcours.flows import FLUX
from binome.parcours.formulaires import HEURES, STATUT
from binome.parcours.models import Parcours
from binome.parcours.permissions import visibles
from binome.regles.calendrier import duree_en_clair
from binome.socle.durees import durees
from tests.dossiers.monde import brouillon, propose
from tests.parcours.ailleurs import LE, accueilli, accueillir, avec_sa_lettre, lue, referentiel

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde


def nu(texte: str) -> str:
    """A page with plain blanks."""
    return texte.replace("\u202f", " ").replace("\xa0", " ")


def saisie(dossier: Dossier, **autres: str) -> dict[str, str]:
    """What the form sends."""
    modules = lue().modules
    return {
        "version": str(dossier.version), "referentiel": "rncp40913", "le": "2026-03-02", "voie": "cqp", "evaluations": "15 h",
        **{f"{STATUT}{un.code}": str(un.statut) for un in modules},
        **{f"{HEURES}{un.code}": str((un.minutes or 0) // 60) for un in modules},
        "confirme": "oui", **autres,
    }  # fmt: skip


def adresse(dossier: Dossier) -> str:
    return f"/espace/dossiers/{dossier.reference}/hors-de-binome/"


def test_la_lettre_ouvre_un_parcours_avec_ses_modules_et_ses_minutes(monde: Monde) -> None:
    parcours = accueilli(monde, B1M2=1200)
    dits = {un.code: (un.minutes, un.statut) for un in parcours.modules.all()}
    assert dits["B1M2"] == (1200, "a_suivre")
    assert (dits["B1M1"][1], dits["B2M1"][1]) == ("dispense", "acquis")
    assert parcours.formation == sum(m or 0 for m, statut in dits.values() if statut == "a_suivre")
    assert parcours.dispensees == 1680 + 2520
    assert (parcours.decision, parcours.base, parcours.positionne_le) == (None, "", LE)
    assert parcours.dossier.etat == Etat.AILLEURS
    assert not parcours.dossier.decisions.exists()
    assert recit(FLUX, parcours, interne=True)[0].mot == (
        "Parcours ouvert d’après la lettre d’une décision prise hors de Binôme"
    )
    assert not list(differences())
    assert verifier() is None


@pytest.mark.postgresql
def test_un_parcours_a_une_decision_ou_le_jour_d_une_lettre(monde: Monde) -> None:
    parcours = accueilli(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcours.objects.filter(pk=parcours.pk).update(positionne_le=None)


def test_sans_la_lettre_rien_ne_s_ouvre(monde: Monde, client: Client) -> None:
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    assert "Joignez d’abord la lettre" in client.get(adresse(dossier)).content.decode()
    rendue = client.post(adresse(dossier), saisie(dossier, le="2026-02-27"))
    assert rendue.status_code == 422
    assert 'value="2026-02-27"' in rendue.content.decode()
    assert not Parcours.objects.exists()
    pieces = client.get(f"/espace/dossiers/{dossier.reference}/pieces/?nature=positionnement")
    assert "quand la décision a été prise hors de Binôme" in pieces.content.decode()


def test_un_dossier_depose_ne_se_decide_pas_ailleurs(monde: Monde) -> None:
    dossier = propose(monde)
    with pytest.raises(GesteImpossible, match="n’est pas possible"):
        accueillir(monde, dossier)


@pytest.mark.parametrize(
    ("autres", "phrase"),
    [
        ({"le": ""}, "elle est sur la lettre"),
        ({"le": "2099-01-01"}, "est à venir"),
        ({"voie": "refus"}, "refus"),
        ({"voie": ""}, "Choisissez la voie que dit la lettre"),
        ({f"{HEURES}B1M2": "beaucoup"}, "heures"),
        ({f"{STATUT}B1M2": "peut-être"}, "peut-être"),
        ({"total": "279"}, "relisez les modules"),
        ({f"{STATUT}B1M2": ""}, "Choisissez ce que la lettre dit de ce module"),
        ({f"{HEURES}B1M2": "9" * 20}, "heures au plus"),
        ({"evaluations": "99999999"}, "heures au plus"),
        ({f"{HEURES}B1M2": "9" * 5000}, "heures"),
        ({f"{STATUT}{un}": "acquis" for un in (m.code for m in referentiel().modules)}, "Aucun module n’est à suivre"),
    ],
)  # fmt: skip
def test_ce_qui_est_mal_copie_revient_avec_sa_raison(
    monde: Monde, client: Client, autres: dict[str, str], phrase: str
) -> None:
    dossier = avec_sa_lettre(monde)
    client.force_login(monde.alice)
    rendue = client.post(adresse(dossier), saisie(dossier, **autres))
    assert rendue.status_code == 422
    assert phrase in rendue.content.decode()
    assert not Parcours.objects.exists()


def test_la_page_ouvre_le_parcours_et_dit_d_ou_il_vient(monde: Monde, client: Client) -> None:
    dossier = avec_sa_lettre(monde)
    client.force_login(monde.alice)
    assert adresse(dossier) in client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    suite = client.post(adresse(dossier), saisie(dossier), follow=True)
    page = suite.content.decode()
    assert "Positionné hors de Binôme, par une décision du 2 mars 2026" in page
    assert "recopiés de sa lettre" in page
    assert "Ce que dit la lettre" in page
    assert "la décision : ils ne changent plus" not in page
    client.force_login(monde.lea)
    page = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "La décision a été prise hors de Binôme" in page
    assert adresse(dossier) not in page
    assert not Message.objects.filter(cle__startswith="decision").exists()


def test_rien_n_est_choisi_d_avance_et_les_durees_se_reprennent_d_une_touche(
    monde: Monde, client: Client
) -> None:
    dossier = avec_sa_lettre(monde)
    client.force_login(monde.alice)
    page = client.get(adresse(dossier)).content.decode()
    assert page.count('<option value="" selected>') == len(referentiel().modules) + 1
    assert not re.search(r'name="(heures_\w+|evaluations)" value=', page)
    assert "Le référentiel dit 15" in page
    tape = {"referentiel": "rncp40913", "durees": "referentiel", f"{HEURES}B1M2": "12 h"}
    rendue = client.post(adresse(dossier), tape)
    page = rendue.content.decode()
    assert rendue.status_code == 200
    assert re.search(r'name="heures_B1M2" value="12 h"', page)
    assert re.search(r'name="evaluations" value="15', page)
    assert page.count('<option value="" selected>') == len(referentiel().modules) + 1
    assert not Parcours.objects.exists()


def test_une_page_dit_ce_qui_va_s_ouvrir_avant_le_geste(monde: Monde, client: Client) -> None:
    dossier = avec_sa_lettre(monde)
    client.force_login(monde.alice)
    sans = {nom: dit for nom, dit in saisie(dossier).items() if nom != "confirme"}
    page = nu(client.post(adresse(dossier), sans).content.decode())
    assert "Ouvrir ce parcours ?" in page
    for bloc in lue().blocs:
        assert f"Bloc {bloc.numero}" in page
    assert f"{duree_en_clair(lue().formation or 0)}</strong> à suivre" in page
    assert 'type="hidden" name="statut_B1M1" value="dispense"' in page
    assert not Parcours.objects.exists()
    corrige = client.post(adresse(dossier), {**sans, "corriger": "oui"}).content.decode()
    assert "Relire avant d’ouvrir" in nu(corrige)
    client.post(adresse(dossier), {**sans, "confirme": "oui"})
    assert Parcours.objects.get().formation == lue().formation


def test_la_boite_de_la_lettre_dit_son_nom_et_ramene_au_formulaire(
    monde: Monde, client: Client
) -> None:
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    boite = f"/espace/dossiers/{dossier.reference}/pieces/?nature=positionnement"
    assert f'href="{boite}#nature-positionnement"' in client.get(adresse(dossier)).content.decode()
    page = client.get(boite).content.decode()
    assert "Lettre de la décision prise hors de Binôme" in page
    assert f'href="{adresse(dossier)}"' in page
    assert adresse(dossier) not in client.get(boite.partition("?")[0]).content.decode()


def test_qui_n_a_pas_de_compte_lit_que_le_parcours_est_ouvert_et_rien_d_attendu(
    monde: Monde, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    dossier = avec_sa_lettre(monde)
    Dossier.objects.filter(pk=dossier.pk).update(candidat=None, courriel="nina@exemple.fr")
    dossier.refresh_from_db()
    accueillir(monde, dossier)
    (message,) = Message.objects.filter(destinataire="nina@exemple.fr")
    dit = " ".join((message.sujet, message.texte, message.html))
    assert "le parcours est ouvert" in dit
    assert "d’après la lettre du 2 mars 2026" in nu(dit)
    assert "a déposé" not in dit
    assert "attend encore de vous" not in dit


def test_un_parcours_ouvert_ainsi_dit_l_etape_suivante(monde: Monde, client: Client) -> None:
    parcours = accueilli(monde)
    page = f"/espace/suivis/parcours/{parcours.pk}/"
    client.force_login(monde.alice)
    assert "n’est inscrite à aucune session" in client.get(page).content.decode()
    client.force_login(monde.lea)
    assert "n’est inscrite à aucune session" not in client.get(page).content.decode()


def test_copiee_de_nouveau_elle_remplace_le_parcours(monde: Monde, client: Client) -> None:
    premier = accueilli(monde)
    dossier = premier.dossier
    client.force_login(monde.alice)
    page = client.get(adresse(dossier)).content.decode()
    assert "Un parcours suit déjà cette lettre" in page
    assert 'value="2026-03-02"' in page
    client.post(adresse(dossier), saisie(dossier, **{f"{STATUT}B1M2": "dispense"}))
    premier.refresh_from_db()
    second = Parcours.objects.get(suite_de=premier)
    assert (premier.etat, second.etat) == (EtatDeParcours.REMPLACE, EtatDeParcours.OUVERT)
    assert second.modules.get(code="B1M2").statut == Statut.DISPENSE


def test_la_branche_lit_et_ne_l_a_pas_decide(monde: Monde) -> None:
    parcours = accueilli(monde)
    emma = Acteur(monde.emma)
    assert parcours in visibles(emma)
    dossier = dossiers_visibles(emma).select_related("organisme").get(pk=parcours.dossier_id)
    dossier.examen_lu = True
    (ligne,) = lignes([dossier], emma)
    assert (ligne.reponse, ligne.issue, ligne.jours) == ("", "", None)
    assert dossier.get_etat_display() == "Positionné hors de Binôme"
    for geste in ("decider", "proposer", "clore"):
        with pytest.raises(GesteImpossible):
            faire(DOSSIER, geste, dossier, emma, version=dossier.version)


def test_la_fin_du_parcours_termine_le_dossier_qui_a_alors_un_terme(monde: Monde) -> None:
    parcours = accueilli(monde)
    assert "en cours" in retient(monde.lea)
    (devenir,) = devenirs(monde.lea)
    assert "demandez à l’organisme" in devenir.raison
    alice = Acteur(monde.alice)
    faire(FLUX, "abandonner", parcours, alice, version=1, donnees={"raison": "choix"})
    dossier = Dossier.objects.get(pk=parcours.dossier_id)
    assert (dossier.etat, dossier.clos_le is None) == (Etat.AILLEURS, False)
    assert retient(monde.lea) == ""
    with pytest.raises(GesteImpossible, match="Ce parcours est fini"):
        accueillir(monde, dossier)
    loin = timezone.localtime() - timedelta(days=31 * (durees()["clos"].mois + 1))
    Dossier.objects.filter(pk=dossier.pk).update(depose_le=loin, clos_le=loin)
    assert termes.prevenir() == 1


def test_un_parcours_en_cours_n_a_pas_de_terme(monde: Monde) -> None:
    accueilli(monde)
    Dossier.objects.update(cree_le=timezone.localtime() - timedelta(days=9999))
    assert termes.prevenir() == 0


def test_un_transfert_emporte_la_lettre(monde: Monde) -> None:
    parcours = accueilli(monde)
    alice = Acteur(monde.alice)
    faire(FLUX, "transferer", parcours, alice, version=1, donnees={"vers": "Organisme C"})
    suite = Parcours.objects.get(suite_de=parcours)
    assert (suite.decision, suite.positionne_le, suite.organisme) == (None, LE, monde.autre)
    assert Dossier.objects.get(pk=parcours.dossier_id).clos_le is None
    faire(FLUX, "abandonner", suite, Acteur(monde.charlie), version=1, donnees={"raison": "choix"})
    assert Dossier.objects.get(pk=parcours.dossier_id).clos_le is not None


def test_la_personne_emporte_d_ou_il_vient_et_l_efface(monde: Monde) -> None:
    parcours = accueilli(monde)
    (dossier,) = exporter(monde.lea)["dossiers"]
    assert dossier["etat"] == "Positionné hors de Binôme"
    assert dossier["parcours"][0]["positionne_hors_de_binome_le"] == LE
    assert [une["nature"] for une in dossier["pieces"]] == ["positionnement"]
    assert anonymiser(parcours.dossier_id, auteur="systeme", motif="terme")
    parcours.refresh_from_db()
    assert (parcours.etat, parcours.entree) == (EtatDeParcours.ABANDONNE, None)
    assert not list(differences())
    assert verifier() is None


def test_la_page_du_dossier_nomme_la_lettre_comme_elle_est(monde: Monde, client: Client) -> None:
    """The letter of another, never the dossier itself."""
    dossier = avec_sa_lettre(monde)
    client.force_login(monde.alice)
    page = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "Lettre de la décision prise hors de Binôme" in page
    assert "Dossier de positionnement" not in page
