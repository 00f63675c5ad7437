"""The letters of accounts: queued by what makes them, and named by nothing that somebody typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.comptes.acteur import Acteur
from binome.comptes.services import cabinet_de, inviter
from binome.comptes.signaux import lettre_de_compte
from binome.courrier.ancrage import ancrer
from binome.courrier.models import Avis, Message
from binome.courrier.services import AMettre, avertir, mettre_en_file, oublier_un_dossier
from binome.dossiers.models import Dossier
from tests.dossiers.monde import construire

if TYPE_CHECKING:
    from typing import Any

    from tests.dossiers.monde import Monde


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


def test_inviter_met_une_lettre_en_file_avec_le_seul_jeton(monde: Monde) -> None:
    envoi = inviter(
        "Nour@Exemple.fr", Acteur(monde.alice), organisation=monde.organisme, role="formateur"
    )
    message = Message.objects.get()
    assert message.cle == f"invitation:{envoi.invitation.pk}"
    assert message.destinataire == "nour@exemple.fr"
    assert message.sujet == "Rejoindre Organisme A sur Binôme"
    for texte in (message.texte, message.html):
        assert f"/compte/invitation/{envoi.jeton}/" in texte
        assert "Organisme A" in texte
    assert envoi.jeton not in envoi.invitation.jeton, "the base keeps a hash"


def test_une_organisation_nommee_par_autrui_ne_donne_pas_ses_mots(monde: Monde) -> None:
    cabinet_de(
        "10000000001", "Cliquez ici", "paul@exemple.fr", Acteur(monde.alice),
        parrain=monde.organisme,
    )  # fmt: skip
    (lettre,) = Message.objects.all()
    assert lettre.sujet == "Rejoindre le cabinet n° 10000000001 sur Binôme"
    assert "par Organisme A" in lettre.texte
    assert "Cliquez ici" not in lettre.sujet + lettre.texte + lettre.html


@pytest.mark.parametrize(
    ("nom", "cite"),
    [
        ("Cabinet du Dr Roy-L’Hermitte", True),
        ("SELARL Martin & Ortega", True),
        ("Cabinet Roy www.exemple.fr", False),
        ("Cabinet Roy 01 23 45 67 89", False),
        ("Votre compte est bloqué", False),
        ("Cabinet " + "Roy " * 20, False),
    ],
)
def test_l_employeur_sait_quel_cabinet_et_pourquoi(monde: Monde, nom: str, cite: bool) -> None:
    cabinet_de("10000000001", nom, "paul@exemple.fr", Acteur(monde.alice), parrain=monde.organisme)
    (lettre,) = Message.objects.all()
    lu = " ".join(lettre.texte.split())
    assert (nom in lu) is cite
    assert "le cabinet n° 10000000001" in lu
    assert "Organisme A forme une personne que vous employez" in lu


def test_un_candidat_recoit_la_lettre_de_son_dossier(monde: Monde) -> None:
    inviter("lea@exemple.fr", Acteur(monde.alice), dossier="POS-1")
    (lettre,) = Message.objects.all()
    assert lettre.sujet == "Votre dossier POS-1"
    assert "POS-1" in lettre.texte


def test_une_lettre_de_securite_part_au_compte(monde: Monde) -> None:
    lettre_de_compte.send(
        None, courriel=monde.lea.courriel, lettre="securite", objet="Votre mot de passe a changé",
        fait="Votre mot de passe a changé.", adresse="",
    )  # fmt: skip
    message = Message.objects.get()
    assert (message.destinataire, message.sujet) == (
        monde.lea.courriel,
        "Votre mot de passe a changé",
    )
    assert message.cle.startswith("compte:")
    assert "Votre mot de passe a changé." in message.texte


@pytest.mark.parametrize("adresse", ["", "ancres@exemple.fr"])
def test_l_ancre_du_jour_se_pose_une_fois_et_part_a_qui_les_garde(
    monde: Monde, settings: Any, tmp_path: Any, adresse: str
) -> None:
    settings.ANCRES, settings.ANCRE_COURRIEL = tmp_path, adresse
    assert (ancrer(), ancrer()) == (1, 0)
    assert [un.destinataire for un in Message.objects.all()] == [adresse] * bool(adresse)


def test_oublier_un_dossier_efface_ses_lettres_et_laisse_les_autres(monde: Monde) -> None:
    assert not Dossier.objects.exists()
    for cle in ("decision:1:lea@exemple.fr", "decision:12:bob@exemple.fr", "invitation:3"):
        mettre_en_file(AMettre(
            cle=cle, destinataire="lea@exemple.fr", sujet="Sujet", gabarit="securite",
            contexte={"fait": "Un fait.", "adresse": ""},
        ))  # fmt: skip
    for reference in ("POS-1", "POS-2"):
        avertir(
            cle=f"rappel:{reference}", destinataire="lea@exemple.fr", genre="completer",
            texte="Un rappel.", reference=reference,
        )  # fmt: skip
    oublier_un_dossier("POS-1", debuts=["decision:1:"], entieres=["invitation:3"])
    lus = {un.pk: (un.texte, un.abandonne_le is not None) for un in Message.objects.all()}
    assert [bool(texte) for texte, _ in lus.values()] == [False, True, False]
    assert [fini for _, fini in lus.values()] == [True, False, True], (
        "nothing of it leaves any more"
    )
    assert Message.objects.get(texte__gt="").cle == "decision:12:bob@exemple.fr"
    premier, second = Avis.objects.order_by("pk")
    assert (premier.texte, premier.caduc_le is not None) == ("", True)
    assert (second.texte, second.caduc_le) == ("Un rappel.", None)
