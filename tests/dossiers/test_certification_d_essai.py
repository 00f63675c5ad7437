"""A dossier filed under another certification: its own rules, its own branch, and its label wherever it is read."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from binome.bureau.tranches import lever, trancher
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.services import creer_organisation, donner_role
from binome.dossiers import points, rayons, services
from binome.dossiers.attribution import certification_pour, ouvertes_a
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat, Nature
from binome.dossiers.jugement import nature_de
from binome.dossiers.models import Decision, Dossier, PointTranche
from binome.dossiers.saisie import GROUPES, faits_de_saisie, groupes_de
from binome.gestes.refus import GesteImpossible
from binome.journal.reconciliation import differences
from binome.lettres.lettre import sceller
from binome.regles.courante import certifications, code_par_defaut
from binome.regles.metiers.positionnement import positionner
from tests.dossiers.monde import depose, joindre, notifiee, personne, propose
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Organisation, Personne
    from tests.dossiers.monde import Monde

pytestmark = pytest.mark.django_db
(ESSAI,) = (une for une in certifications().values() if une.essai)
ETIQUETTE = "Certification d’essai, d’après le tableau 3 du rapport"
NOUVEAU = "/espace/dossiers/nouveau/"
FAITS: dict[str, Any] = {
    "date_entree": "2022-09-05",
    "niveau_diplome": 3,
    "diplomes": ["aide_dentaire"],
    "experience_aide_dentaire_mois": 6,
    "afgsu2_valable": False,
}
SAISIE: dict[str, Any] = {
    "posee": list(FAITS),
    "date_entree": "2022-09-05",
    "niveau_diplome": "3",
    "diplomes": "aide_dentaire",
    "experience_aide_dentaire_mois": "6",
    "afgsu2_valable": "non",
    "courriel": "lea@exemple.fr",
    "employeur": "Cabinet d’exemple",
}
REPONSE = "Sa voie est le titre d’assistant dentaire. Cours : 182 h."


@pytest.fixture
def autre(monde: Monde) -> Organisation:
    """A branch that delivers the certification on trial."""
    return creer_organisation("branche", "Branche dentaire", certification=ESSAI.code, exemple=True)


@pytest.fixture
def zoe(autre: Organisation) -> Personne:
    """Zoé administers it."""
    zoe = personne("zoe")
    donner_role(zoe, autre, "administrateur")
    poser_application(zoe)
    return zoe


def ouvrir(client: Client, monde: Monde, **autres: Any) -> Dossier:
    """A draft of the certification on trial, opened then filled by the form."""
    envoyer(
        client, monde.alice, NOUVEAU,
        prenom="Léa", nom="Exemple", naissance="03/05/1984", certification=ESSAI.code,
    )  # fmt: skip
    dossier = Dossier.objects.get(certification=ESSAI.code)
    envoyer(client, monde.alice, adresse(dossier, "saisie/"), version=dossier.version,
            **SAISIE, **autres)  # fmt: skip
    return Dossier.objects.get(pk=dossier.pk)


def pret(client: Client, monde: Monde, zoe: Personne) -> Dossier:
    """The same, filed, proven and proposed."""
    dossier = ouvrir(client, monde, puis="deposer")
    assert f"{ESSAI.titre} (d’essai" in page(client, zoe, "/espace/")
    for nature in ("diplomes", "experience", "afgsu"):
        piece = joindre(monde, dossier, nature)
        examen = adresse(dossier, f"pieces/{piece.pk}/examen/")
        envoyer(
            client, zoe, examen, version=Dossier.objects.get(pk=dossier.pk).version,
            avis="accepter", **SAISIE,
        )  # fmt: skip
    envoyer(client, zoe, adresse(dossier, "gestes/proposer/"),
            version=Dossier.objects.get(pk=dossier.pk).version)  # fmt: skip
    return Dossier.objects.get(pk=dossier.pk)


def test_le_formulaire_ne_demande_que_s_il_y_a_un_choix(client: Client, monde: Monde) -> None:
    assert "Pour quelle certification" not in page(client, monde.alice, NOUVEAU)
    creer_organisation("branche", "Une vraie branche", certification=ESSAI.code)
    # A branch that exists is not for what is made up.
    assert "Pour quelle certification" not in page(client, monde.alice, NOUVEAU)
    creer_organisation("branche", "Branche d’essai", certification=ESSAI.code, exemple=True)
    assert f"{ESSAI.titre} (d’essai, d’après" in page(client, monde.alice, NOUVEAU)
    envoyer(client, monde.alice, NOUVEAU, prenom="Léa", nom="Tue", naissance="03/05/1984")
    assert Dossier.objects.get(nom="Tue").certification == code_par_defaut()


def test_une_certification_fermee_se_refuse_a_toutes_les_portes(
    client: Client, monde: Monde
) -> None:
    assert [une.code for une in ouvertes_a(monde.organisme)] == [code_par_defaut()]
    with pytest.raises(GesteImpossible, match="Choisissez parmi : CQP d’assistant médical"):
        certification_pour(monde.organisme, ESSAI.code)
    with pytest.raises(GesteImpossible, match="Aucune branche n’examine ici"):
        services.ouvrir(monde.organisme, Acteur(monde.alice), certification=ESSAI.code)
    refus = envoyer(client, monde.alice, NOUVEAU, 422, prenom="L", nom="E", certification="autre")
    assert "Aucune branche n’examine ici cette certification" in refus.content.decode()
    assert not Dossier.objects.exists()


def test_le_dossier_se_saisit_et_se_lit_par_ses_regles(
    client: Client, monde: Monde, autre: Organisation
) -> None:
    dossier = ouvrir(client, monde)
    assert (dossier.certification, dossier.branche_id) == (ESSAI.code, autre.pk)
    assert {un.nom: un.valeur for un in dossier.faits.all()} == FAITS
    dit = page(client, monde.alice, adresse(dossier, "saisie/"))
    assert ETIQUETTE in dit
    assert REPONSE in dit
    assert "aide dentaire" in dit
    assert "CQP d’assistant médical" not in dit
    assert dossier.empreinte[:19] in dit
    # Only its documents are asked for, and only its own are taken.
    pieces = page(client, monde.alice, adresse(dossier, "pieces/"))
    assert "Attestation AFGSU de niveau 2" in pieces
    assert "Contrat de travail" not in pieces
    refus = envoyer(client, monde.alice, adresse(dossier, "pieces/"), 422, nature="contrat",
                    version=dossier.version)  # fmt: skip
    assert "Dites quel document" in refus.content.decode()


def test_seule_sa_branche_le_voit_et_le_decide(client: Client, monde: Monde, zoe: Personne) -> None:
    dossier = pret(client, monde, zoe)
    proposition = dossier.propositions.get()
    base = base_de(ESSAI.code)
    assert proposition.prouve == positionner(base, base.lire(FAITS)).en_json()
    page(client, monde.emma, adresse(dossier), 404)
    assert dossier.reference not in page(client, monde.emma, "/espace/dossiers/")
    assert f"{ESSAI.titre} (d’essai" in page(client, zoe, "/espace/dossiers/")
    dit = page(client, zoe, adresse(dossier))
    assert ETIQUETTE in dit
    assert REPONSE in dit
    assert "Essayer une règle" not in dit
    envoyer(client, zoe, adresse(dossier, "gestes/decider/"), version=dossier.version,
            nature=Nature.ACCORDE)  # fmt: skip
    decision = Decision.objects.get(dossier=dossier)
    assert (decision.nature, decision.base) == (Nature.ACCORDE, base.empreinte)
    assert list(differences()) == []


def test_la_lettre_et_le_recours_sont_de_sa_certification(
    client: Client,
    monde: Monde,
    autre: Organisation,
    zoe: Personne,
    tmp_path: Path,
    settings: Settings,
) -> None:
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    dossier = pret(client, monde, zoe)
    Dossier.objects.filter(pk=dossier.pk).update(candidat=monde.lea)
    envoyer(client, zoe, adresse(dossier, "gestes/decider/"), version=dossier.version,
            nature=Nature.ACCORDE)  # fmt: skip
    Decision.objects.update(notifiable_des=timezone.now() - timedelta(minutes=1))
    assert sceller() == 1
    decision = Decision.objects.get(dossier=dossier)
    lecteur = PdfReader(BytesIO(rayons.LETTRES.chemin_de(decision.sceau).read_bytes()))
    brut = "\n".join(une.extract_text() for une in lecteur.pages)
    dit = " ".join(brut.replace("\u202f", " ").replace("\u00a0", " ").split())
    for attendu in (
        f"{ETIQUETTE} : {ESSAI.titre}.",
        "Votre entrée en formation est accordée. Votre voie est le titre d’assistant dentaire. Cours : 182 h.",
        "161 h, sans modules nommés",
        "pour « Branche dentaire »",
        f"/api/v1/regles?certification={ESSAI.code}",
    ):
        assert attendu in dit, attendu
    for tu in ("CQP", "CPNEFP", "assistant médical :"):
        assert tu not in dit.split("À savoir")[0], tu
    notifiee(dossier)
    lue = page(client, monde.lea, adresse(dossier))
    assert ETIQUETTE in lue
    assert "Votre voie est le titre d’assistant dentaire" in lue
    version = Dossier.objects.get(pk=dossier.pk).version
    envoyer(client, monde.lea, adresse(dossier, "gestes/contester/"), version=version,
            texte="Mon expérience compte.")  # fmt: skip
    version = Dossier.objects.get(pk=dossier.pk).version
    envoyer(client, monde.emma, adresse(dossier, "gestes/maintenir/"), 404, version=version)
    yan = personne("yan")
    donner_role(yan, autre, "examinateur")
    poser_application(yan)
    envoyer(client, yan, adresse(dossier, "gestes/maintenir/"), version=version,
            reponse="Six mois ne suffisent pas.")  # fmt: skip
    assert Dossier.objects.get(pk=dossier.pk).etat == Etat.CLOS


def test_un_point_tranche_n_est_que_de_ses_regles(
    client: Client, monde: Monde, zoe: Personne
) -> None:
    code = "certification_d_essai"
    assert ETIQUETTE in page(client, zoe, "/espace/points/")
    page(client, zoe, f"/espace/points/?certification={code_par_defaut()}", 404)
    page(client, monde.ana, f"/espace/points/?certification={ESSAI.code}", 404)
    assert code not in page(client, monde.ana, "/espace/points/")
    envoyer(client, monde.ana, "/espace/points/", 422, code=code, position="Non.")
    suite = envoyer(client, zoe, "/espace/points/", certification=ESSAI.code, code=code,
                    position="Nous le savons.")  # fmt: skip
    assert suite.headers["Location"] == f"/espace/points/?certification={ESSAI.code}"
    assert points.positions(ESSAI.code) == {code: "Nous le savons."}
    assert points.positions(code_par_defaut()) == {}
    assert "Nous le savons." not in page(client, monde.ana, "/espace/points/")
    point = PointTranche.objects.get()
    with pytest.raises(GesteImpossible, match="Seule l’administration"):
        lever(point, Acteur(monde.ana), "Non.")
    envoyer(client, monde.ana, f"/espace/points/{point.pk}/lever/", 404, motif="Non.")
    assert list(differences()) == []
    envoyer(client, zoe, f"/espace/points/{point.pk}/lever/", motif="Trop tôt.")
    assert points.points_tranches(ESSAI.code) == frozenset()


def test_un_code_se_tranche_dans_chaque_certification(monde: Monde, zoe: Personne) -> None:
    trancher(ESSAI.code, "x", "Ici.", Acteur(zoe))
    trancher(code_par_defaut(), "x", "Là.", Acteur(monde.ana))
    with pytest.raises(GesteImpossible, match="déjà tranché"):
        trancher(ESSAI.code, "x", "Encore.", Acteur(zoe))
    with pytest.raises(IntegrityError), transaction.atomic():
        PointTranche.objects.update(certification="")


def test_une_proposition_ne_suit_que_les_points_de_ses_regles(
    client: Client, monde: Monde, zoe: Personne
) -> None:
    leur = propose(monde)
    alertes = {une["code"] for une in leur.propositions.get().prouve["alertes"]}
    for code in {*alertes, "certification_d_essai"}:
        trancher(code_par_defaut(), code, "Là-bas.", Acteur(monde.ana))
    dossier = pret(client, monde, zoe)
    attendues = len(dossier.propositions.get().prouve["alertes"])
    assert (dossier.alertes, dossier.claire) == (attendues, False)


def test_rien_ne_change_pour_la_certification_par_defaut(
    client: Client, monde: Monde, autre: Organisation
) -> None:
    base = base_de(code_par_defaut())
    assert groupes_de(base) == GROUPES
    assert set(faits_de_saisie(base_de(ESSAI.code))) == set(FAITS)
    dossier = depose(monde)
    assert dossier.autre_certification is None
    assert "d’essai" not in page(client, monde.emma, adresse(dossier))


@pytest.mark.parametrize(
    ("certification", "voie", "attendue"),
    [
        (code_par_defaut(), "cqp", Nature.ACCORDE),
        (code_par_defaut(), "fae", Nature.ACCORDE),
        (code_par_defaut(), "deja_certifie", Nature.REFUSE),
        (ESSAI.code, "titre", Nature.ACCORDE),
        (ESSAI.code, "refus", Nature.REFUSE),
        (ESSAI.code, "deja_certifie", Nature.REFUSE),
    ],
)
def test_ce_qu_une_voie_decide(certification: str, voie: str, attendue: Nature) -> None:
    assert nature_de({"voie": voie}, certification) == attendue
