"""An appeal that is maintained ends with a sealed letter: what it says, that its seal holds, and who reads it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from binome.branches.services import ecrire_les_textes
from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.conservation.detenteurs import DETENTEURS
from binome.dossiers import rayons
from binome.dossiers.effacement import anonymiser
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier
from binome.etagere.registre import balayer
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier as verifier_la_chaine
from binome.journal.histoire import histoire
from binome.lettres import de_suite
from binome.lettres.lettre import sceller
from binome.lettres.models import LettreDeSuite
from binome.lettres.notification import notifier
from binome.sceau.papiers import Scelle, verifier
from tests.dossiers.monde import personne, propose, suivi_par
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


@pytest.fixture(autouse=True)
def rayon(tmp_path: Path, settings: Settings) -> None:
    """Each test has a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"


def passer(dossier: Dossier, geste: str, par: Personne, **donnees: Any) -> Dossier:
    dossier = Dossier.objects.get(pk=dossier.pk)
    faire(FLUX, geste, dossier, Acteur(par), version=dossier.version, donnees=donnees)
    return dossier


def contestee(monde: Monde) -> Dossier:
    """A decision whose letter is sealed and sent, contested since."""
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    Decision.objects.update(notifiable_des=timezone.now())
    assert (sceller(), notifier()) == (1, 1)
    return passer(dossier, "contester", monde.lea, texte="Mon titre compte.")


def maintenue(monde: Monde, reponse: str = "Le titre est déjà compté.\nRien d’autre ne change.") -> LettreDeSuite:  # fmt: skip
    """The letter of its answer, sealed."""
    dossier = passer(contestee(monde), "maintenir", monde.ana, reponse=reponse)
    assert de_suite.sceller() == 1
    return LettreDeSuite.objects.get(dossier=dossier)


def texte(lettre: LettreDeSuite) -> str:
    lecteur = PdfReader(BytesIO(rayons.LETTRES.chemin_de(lettre.sceau).read_bytes()))
    brut = "\n".join(une.extract_text() for une in lecteur.pages)
    return " ".join(brut.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_un_recours_maintenu_finit_par_une_lettre_au_nom_de_la_branche(monde: Monde) -> None:
    ecrire_les_textes(
        monde.branche, Acteur(monde.ana),
        {"entete": "Service des positionnements", "signature": "La présidence"}, 30,
    )  # fmt: skip
    lettre = maintenue(monde)
    dit = texte(lettre)
    for attendu in (
        "Réponse à votre recours",
        "est maintenue.",
        "Le titre est déjà compté.",
        "Rien d’autre ne change.",
        "Léa Exemple",
        lettre.dossier.reference,
        "Ana Exemple, pour la branche",
        "Branche d’exemple",
        "Service des positionnements",
        "La présidence",
        "Démonstration : cette lettre n’a aucune valeur",
    ):
        assert attendu in dit, attendu
    contenu = rayons.LETTRES.chemin_de(lettre.sceau).read_bytes()
    assert b"pdfaid:part" in contenu
    assert lettre.scellee_le is not None
    scelle = Scelle(lettre.sceau, lettre.sceau_empreinte, lettre.scellee_le)
    assert verifier(rayons.LETTRES, scelle) is None
    gestes = [un["geste"] for un in histoire(lettre.dossier.objet)]
    assert gestes[-2:] == ["lettre.preparee", "lettre.scellee"]
    assert de_suite.sceller() == 0
    assert balayer() == 0, "the sweep knows its file"


@pytest.mark.parametrize("geste", ["maintenir", "revoir"])
def test_ce_qu_une_lettre_n_imprime_pas_est_refuse_avant(monde: Monde, geste: str) -> None:
    dossier = contestee(monde)
    with pytest.raises(GesteImpossible, match="👍") as refus:
        passer(dossier, geste, monde.ana, reponse="C’est non 👍")
    assert refus.value.champ == "reponse"
    assert not LettreDeSuite.objects.exists()


def test_une_decision_revue_attend_sa_propre_lettre(monde: Monde) -> None:
    passer(contestee(monde), "revoir", monde.ana, reponse="Vous avez raison.")
    assert not LettreDeSuite.objects.exists()


def test_la_lettre_est_lue_par_qui_lit_la_decision(client: Client, monde: Monde) -> None:
    dossier = passer(contestee(monde), "maintenir", monde.ana, reponse="Le titre est compté.")
    assert "elle se lira ici" in page(client, monde.lea, adresse(dossier))
    assert de_suite.sceller() == 1
    lettre = LettreDeSuite.objects.get()
    chemin = f"/espace/lettres/suite/{lettre.pk}/"

    paul, cabinet = personne("paul"), creer_organisation("cabinet", "Cabinet", exemple=True)
    donner_role(paul, cabinet, "employeur")
    suivi_par(dossier, cabinet)
    for qui, statut in (
        (monde.lea, 200), (monde.alice, 200), (monde.ana, 200), (monde.emma, 200), (paul, 404),
        (monde.charlie, 404),
    ):  # fmt: skip
        client.force_login(qui)
        reponse = client.get(chemin)
        assert reponse.status_code == statut, qui
        if statut == 200:
            assert reponse.headers["Content-Type"] == "application/pdf"
            assert f"recours-{dossier.reference}.pdf" in reponse.headers["Content-Disposition"]
            assert chemin in page(client, qui, adresse(dossier))
    client.force_login(paul)
    assert "Réponse au recours" not in client.get(adresse(dossier)).content.decode()


def test_la_lettre_va_dans_l_archive_et_part_avec_l_identite(monde: Monde) -> None:
    lettre = maintenue(monde)
    archives = [nom for un in DETENTEURS for _, _, nom in un.fichiers(monde.lea)]
    assert f"{lettre.dossier.reference}/recours-{lettre.pk}.pdf" in archives
    fichier = rayons.LETTRES.chemin_de(lettre.sceau)
    assert fichier.exists()
    assert anonymiser(lettre.dossier_id, auteur="systeme", motif="Essai")
    assert not fichier.exists()


NOMS: dict[str, Any] = {"prenom": "Léa", "nom": "Exemplaire", "motif": "Sa carte d’identité."}


def imprime(client: Client, qui: Personne, chemin: str) -> str:
    client.force_login(qui)
    lecteur = PdfReader(BytesIO(client.get(chemin).content))
    brut = "\n".join(une.extract_text() for une in lecteur.pages)
    return " ".join(brut.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_un_nom_corrige_refait_chaque_lettre_et_garde_les_anciennes(
    client: Client, monde: Monde
) -> None:
    reponse = maintenue(monde)
    dossier, decision = reponse.dossier, reponse.decision
    ancienne = rayons.LETTRES.chemin_de(decision.sceau).read_bytes()
    chemin = f"/espace/lettres/{decision.pk}/"
    assert "Léa Exemple" in imprime(client, monde.lea, chemin)
    passer(dossier, "corriger_le_nom", monde.ana, **NOMS)
    assert "Léa Exemple" in imprime(client, monde.lea, chemin), (
        "the former one until the new one is sealed"
    )
    assert de_suite.sceller() == 2
    dit = imprime(client, monde.lea, chemin)
    assert "Léa Exemplaire" in dit
    assert "Léa Exemple " not in dit
    assert "Cette lettre remplace celle qui a été scellée le" in dit
    assert "Votre entrée en formation est accordée" in dit
    refaite = LettreDeSuite.objects.get(remplace=reponse)
    assert "Léa Exemplaire" in texte(refaite)
    assert f"/espace/lettres/suite/{refaite.pk}/" in page(client, monde.lea, adresse(dossier))
    assert f"/espace/lettres/suite/{reponse.pk}/" not in page(client, monde.lea, adresse(dossier))
    # What was sealed stays as it was: the chain and its seal still hold.
    decision.refresh_from_db()
    assert rayons.LETTRES.chemin_de(decision.sceau).read_bytes() == ancienne
    assert balayer() == 0
    # Corrected again, the last one counts.
    passer(dossier, "corriger_le_nom", monde.ana, **{**NOMS, "nom": "Exemplar"})
    assert de_suite.sceller() == 2
    assert "Léa Exemplar" in imprime(client, monde.lea, chemin)


def test_avant_toute_lettre_rien_n_est_refait_et_la_lettre_a_le_nom_corrige(
    client: Client, monde: Monde
) -> None:
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    passer(dossier, "corriger_le_nom", monde.ana, **NOMS)
    Decision.objects.update(notifiable_des=timezone.now())
    assert (de_suite.sceller(), sceller(), notifier()) == (0, 1, 1)
    assert "Léa Exemplaire" in imprime(
        client, monde.lea, f"/espace/lettres/{Decision.objects.get().pk}/"
    )


def test_qui_corrige_un_nom_et_ce_qui_en_reste(client: Client, monde: Monde) -> None:
    dossier = contestee(monde)
    geste = adresse(dossier, "gestes/corriger_le_nom/")
    for qui in (monde.emma, monde.alice, monde.lea):
        envoyer(client, qui, geste, 403, version=dossier.version, **NOMS)
        assert f'action="{geste}"' not in page(client, qui, adresse(dossier))
    assert "Écrivez-le à la branche" in page(client, monde.alice, adresse(dossier))
    assert f'action="{geste}"' in page(client, monde.ana, adresse(dossier))
    for manque, dit in (
        ({**NOMS, "motif": ""}, "Dites d’après quoi"),
        ({**NOMS, "nom": "Exemple 👍"}, "👍"),
        ({**NOMS, "nom": "Exemple"}, "déjà celui du dossier"),
    ):
        refus = envoyer(client, monde.ana, geste, 422, version=dossier.version, **manque)
        assert dit in refus.content.decode()
    envoyer(client, monde.ana, geste, version=dossier.version, **NOMS)
    dossier.refresh_from_db()
    assert dossier.nom == "Exemplaire"
    assert "exemplaire" in dossier.recherche
    dernier = histoire(dossier.objet)[-2]
    assert dernier["geste"] == "dossier.corriger_le_nom"
    assert dernier["prive"]["nom"] == {"avant": "Exemple", "apres": "Exemplaire"}
    fil = page(client, monde.lea, adresse(dossier))
    assert "Nom corrigé" in fil
    assert "par l’administration de la branche" in fil
    assert verifier_la_chaine() is None
