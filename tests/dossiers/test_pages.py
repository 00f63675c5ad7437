"""The members' pages: what each side reads, what it may do, and what it is told when it may not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.models import Confirmation, Dossier
from tests.dossiers.monde import (
    brouillon,
    depose,
    joindre,
    personne,
    propose,
    suivi_par,
    trancher_tout,
)
from tests.dossiers.navigation import adresse, envoyer, notifier, page

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def test_l_accueil_dit_a_chacun_ce_qui_l_attend(client: Client, monde: Monde) -> None:
    brouillon(monde)
    propose(monde)
    assert "Brouillon<" in page(client, monde.alice, "/espace/")
    assert "Proposition à regarder" in page(client, monde.emma, "/espace/")
    assert "Vos dossiers" in page(client, monde.lea, "/espace/")
    seule = personne("seule")
    assert "Rien ne vous est ouvert" in page(client, seule, "/espace/")


def test_un_dossier_s_ouvre_se_remplit_et_se_depose(client: Client, monde: Monde) -> None:
    envoyer(client, monde.alice, "/espace/dossiers/nouveau/", 422, prenom="Léa")
    suite = envoyer(
        client, monde.alice, "/espace/dossiers/nouveau/",
        prenom="Léa", nom="Neuve", naissance="03/05/1984",
    )  # fmt: skip
    dossier = Dossier.objects.get(nom="Neuve")
    assert suite.headers["Location"] == adresse(dossier, "saisie/")
    # Pressed twice, or sent again because the answer was lost: it is the same one, and said.
    encore = envoyer(
        client, monde.alice, "/espace/dossiers/nouveau/",
        prenom="Léa", nom="Neuve", naissance="03/05/1984",
    )  # fmt: skip
    assert encore.headers["Location"] == suite.headers["Location"]
    assert Dossier.objects.filter(nom="Neuve").count() == 1
    assert "Ce dossier vient d’être ouvert" in page(
        client, monde.alice, adresse(dossier, "saisie/")
    )
    dit = page(client, monde.alice, adresse(dossier, "saisie/"))
    assert "Il manque l’adresse électronique, l’employeur, la date d’entrée en formation." in dit
    # As it is typed, by pieces: what cannot be kept is said, the rest is kept.
    client.force_login(monde.alice)
    morceau = client.post(
        adresse(dossier, "saisie/"),
        {
            "version": dossier.version,
            "courriel": "pas une adresse",
            "employeur": "Cabinet d’exemple",
            "posee": ["date_entree", "diplomes"],
            "date_entree": "2026-01-15",
            "diplomes": ["secretaire_medical"],
        },
        headers={"HX-Request": "true"},
    )
    dit = morceau.content.decode()
    assert "Une adresse s’écrit nom@domaine.fr." in dit
    assert "Sa voie est le CQP" in dit
    dossier.refresh_from_db()
    assert (dossier.employeur, dossier.courriel) == ("Cabinet d’exemple", "")
    # What is missing keeps it from going; nothing typed is lost.
    envoyer(
        client, monde.alice, adresse(dossier, "saisie/"), version=dossier.version, puis="deposer"
    )
    dossier.refresh_from_db()
    assert dossier.etat == Etat.BROUILLON
    envoyer(
        client, monde.alice, adresse(dossier, "saisie/"),
        version=dossier.version, courriel="lea@exemple.fr", puis="deposer",
    )  # fmt: skip
    dossier.refresh_from_db()
    assert dossier.etat == Etat.DEPOSE
    assert "L’examen revient à la branche" in page(client, monde.alice, adresse(dossier))


def test_qui_tape_sur_une_page_perimee_ne_perd_rien(client: Client, monde: Monde) -> None:
    dossier = brouillon(monde)
    refus = envoyer(
        client, monde.alice, adresse(dossier, "saisie/"), 409,
        version=dossier.version - 1, employeur="Un autre cabinet",
    )  # fmt: skip
    dit = refus.content.decode()
    assert "Rien n’est perdu" in dit
    assert "Un autre cabinet" in dit
    dossier.refresh_from_db()
    assert dossier.employeur == "Cabinet d’exemple"


def test_la_page_d_un_dossier_dit_a_chacun_le_sien(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    joindre(monde, dossier, "diplomes")
    branche = page(client, monde.emma, adresse(dossier))
    assert "Examiner" in branche
    assert "Demander de compléter" in branche
    assert "Modifier le dossier" not in branche
    candidate = page(client, monde.lea, adresse(dossier))
    assert "Votre dossier" in candidate
    assert "Trop peu de décisions" in candidate
    assert "Examiner" not in candidate
    page(client, monde.charlie, adresse(dossier), 404)


def test_un_employeur_ne_lit_ni_diplomes_ni_pieces(client: Client, monde: Monde) -> None:
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    patron = personne("patron")
    donner_role(patron, cabinet, "employeur")
    dossier = propose(monde)
    suivi_par(dossier, cabinet)
    trancher_tout(monde, dossier)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    notifier(dossier)
    dit = page(client, patron, adresse(dossier))
    assert "La décision : accordé" in dit
    assert "titre de secrétaire" not in dit
    assert "Les pièces" not in dit.replace("Les diplômes et les pièces", "")
    assert "Le fil du dossier" not in dit


def test_une_decision_reste_a_la_branche_tant_qu_elle_peut_l_annuler(
    client: Client, monde: Monde
) -> None:
    dossier = propose(monde)
    trancher_tout(monde, dossier)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert "La décision : accordé" in page(client, monde.emma, adresse(dossier))
    for qui in (monde.lea, monde.alice):
        dit = page(client, qui, adresse(dossier))
        assert "La décision : accordé" not in dit
        assert "Proposition prête" in dit
    notifier(dossier)
    assert "La décision : accordé" in page(client, monde.lea, adresse(dossier))


def test_une_piece_refusee_se_remplace(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    piece = joindre(monde, dossier, "diplomes")
    examen = adresse(dossier, f"pieces/{piece.pk}/examen/")
    assert "Écrivez ce que la pièce prouve" in page(client, monde.emma, examen)
    long = envoyer(
        client, monde.emma, examen, 422, avis="refuser", motif="illisible",
        precision="x" * 2001, version=dossier.version,
    )  # fmt: skip
    assert "x" * 2001 in long.content.decode(), "rien n’est coupé"
    envoyer(
        client, monde.emma, examen, avis="refuser", motif="illisible",
        precision="La photo est floue.", version=dossier.version,
    )  # fmt: skip
    dit = page(client, monde.lea, adresse(dossier))
    assert "Le document ne se lit pas. La photo est floue." in dit
    dossier.refresh_from_db()
    client.force_login(monde.lea)
    envoi = client.post(
        adresse(dossier, "pieces/"),
        {
            "nature": "diplomes",
            "version": dossier.version,
            "fichier": SimpleUploadedFile("texte.txt", b"pas un document"),
        },
    )
    assert envoi.status_code == 422
    assert "Ce fichier" in envoi.content.decode()


def test_accepter_prouve_ce_que_la_branche_a_lu(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    piece = joindre(monde, dossier, "diplomes")
    envoyer(
        client, monde.emma, adresse(dossier, f"pieces/{piece.pk}/examen/"), avis="accepter",
        version=dossier.version, posee=["diplomes", "niveau_diplome"], diplomes=["aucun"],
        niveau_diplome="3",
    )  # fmt: skip
    piece.refresh_from_db()
    assert piece.etat == EtatDePiece.ACCEPTEE
    dit = page(client, monde.emma, adresse(dossier))
    assert "différent" in dit


def test_la_branche_decide_puis_le_candidat_conteste(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    trancher_tout(monde, dossier)
    dit = page(client, monde.emma, adresse(dossier))
    assert "La proposition" in dit
    assert "Position de la branche" in dit
    decider = adresse(dossier, "gestes/decider/")
    refus = envoyer(
        client, monde.emma, decider, 422, version=dossier.version, nature="refuse", ecart=""
    )
    assert 'role="alert"' in refus.content.decode()
    envoyer(client, monde.emma, decider, version=dossier.version, nature="accorde")
    notifier(dossier)
    dossier.refresh_from_db()
    contester = adresse(dossier, "gestes/contester/")
    envoyer(client, monde.charlie, contester, 404, version=dossier.version, texte="Non.")
    long = envoyer(client, monde.lea, contester, 422, version=dossier.version, texte="x" * 6014)
    assert "x" * 6014 in long.content.decode(), "rien n’est coupé"
    envoyer(client, monde.lea, contester, version=dossier.version, texte="Mon titre compte.")
    assert "Mon titre compte." in page(client, monde.emma, adresse(dossier))
    dossier.refresh_from_db()
    envoyer(
        client, monde.ana, adresse(dossier, "gestes/maintenir/"), version=dossier.version,
        reponse="Il est déjà compté.",
    )  # fmt: skip
    assert "Il est déjà compté." in page(client, monde.lea, adresse(dossier))


def test_les_propositions_claires_se_confirment_ensemble_et_s_annulent(
    client: Client, monde: Monde
) -> None:
    trancher_tout(monde, propose(monde))
    propose(monde)
    propose(monde)
    claires = page(client, monde.emma, "/espace/dossiers/?etat=claires&cocher=tout")
    assert '<strong class="nombre">2</strong> dossiers' in claires
    versions = [
        f"{un.reference}:{un.version}" for un in Dossier.objects.filter(alertes=0).order_by("pk")
    ]
    assert all(une in claires for une in versions)
    confirmer = "/espace/dossiers/confirmer/"
    montrees = envoyer(client, monde.emma, confirmer, 200, dossier=versions).content.decode()
    assert not Confirmation.objects.exists(), "what was not shown is not confirmed"
    assert all(f'value="{une}"' in montrees for une in versions)
    # What it does is said before the button, as everywhere.
    assert montrees.index("Vous pourrez annuler") < montrees.index("ces 2 propositions")
    suite = envoyer(client, monde.emma, confirmer, dossier=versions, vu="oui")
    dit = page(client, monde.emma, suite.headers["Location"])
    assert "2 propositions confirmées" in dit
    assert dit.count("216 h") == 2
    envoyer(client, monde.emma, f"{suite.headers['Location']}annuler/")
    etats = Dossier.objects.order_by("pk").values_list("etat", flat=True)
    assert set(etats) == {Etat.PROPOSITION}


def test_l_administration_tranche_un_point_et_le_leve(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    code = dossier.propositions.get().prouve["alertes"][0]["code"]
    assert "Aucun point n’est tranché" in page(client, monde.emma, "/espace/points/")
    envoyer(client, monde.emma, "/espace/points/", 403, code=code, position="Non.")
    for position in ("", "x" * 5001):
        envoyer(client, monde.ana, "/espace/points/", 422, code=code, position=position)
    envoyer(client, monde.ana, "/espace/points/", code=code, position="Le RNCP l’emporte.")
    dit = page(client, monde.emma, "/espace/points/")
    assert "Le RNCP l’emporte." in dit
    page(client, monde.alice, "/espace/points/", 404)


def test_la_branche_dit_ce_qui_manque_et_pour_quand(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    demander = adresse(dossier, "gestes/demander/")
    for jour, dit in (("2001-01-01", "un jour à venir"), ("2026-02-31", "un jour qui existe")):
        refus = envoyer(
            client, monde.emma, demander, 422,
            version=dossier.version, motif="Le contrat signé.", avant=jour,
        )  # fmt: skip
        assert dit in refus.content.decode()
    bientot = timezone.localdate() + timedelta(days=20)
    envoyer(
        client, monde.emma, demander,
        version=dossier.version, motif="Le contrat signé.", avant=bientot,
    )  # fmt: skip
    dit = page(client, monde.alice, adresse(dossier))
    assert "Ce que la branche demande" in dit
    assert "Réponse attendue avant le" in dit
    assert "À ouvrir d’abord" in page(client, monde.alice, "/espace/")
    dossier.refresh_from_db()
    assert dossier.echeance == bientot
    # Sent back without what is missing: said, then confirmed.
    envoi = envoyer(
        client, monde.alice, adresse(dossier, "gestes/completer/"), 422, version=dossier.version
    )
    assert "Il manque encore : pièce d’identité" in envoi.content.decode().replace("\u202f", " ")
    assert "Je renvoie sans eux" in envoi.content.decode()
    envoyer(
        client, monde.alice, adresse(dossier, "gestes/completer/"), version=dossier.version,
        confirme="oui",
    )  # fmt: skip
    dossier.refresh_from_db()
    assert dossier.echeance is None


def test_seules_les_questions_qui_comptent_sont_posees(client: Client, monde: Monde) -> None:
    dossier = brouillon(monde)
    dossier.faits.exclude(nom__in=("date_entree", "diplomes")).delete()
    dossier.faits.filter(nom="diplomes").update(valeur=["ide"])
    posees, pliees = page(client, monde.alice, adresse(dossier, "saisie/")).split(
        "Les autres questions"
    )
    assert 'id="q-diplomes"' in posees
    assert 'id="q-niveau_diplome"' in pliees
    # Another answer makes a folded question matter: it comes out, into its group.
    client.force_login(monde.alice)
    morceau = client.post(
        adresse(dossier, "saisie/"),
        {
            "version": dossier.version,
            "posee": ["diplomes", "niveau_diplome", "afgsu_niveau"],
            "pliee": ["niveau_diplome"],
            "diplomes": ["aucun"],
        },
        headers={"HX-Request": "true"},
    ).content.decode()
    assert '<div id="q-niveau_diplome" hx-swap-oob="delete">' in morceau
    assert re.search(
        r'<div hx-swap-oob="beforeend:#groupe-titres">\s*<div id="q-niveau_diplome">', morceau
    )
    assert "q-afgsu_niveau" not in morceau
