"""One made-up person's whole way through the house, by its real services, and their erasure.

Run as a program of the installation that holds the database: `python -m tests.effacement.vie STEP`.
Each word is said once, in one place: what the search finds tells which place was forgotten.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from tests.dossiers.monde import Monde

PHRASE: Final = "une phrase de passe assez longue"
PRENOM: Final = "Zéphyrilde"
NOM: Final = "Quizmirhôld"
ADRESSE: Final = "boite-xq41@essai-unique.example"
TELEPHONE: Final = "0699887712"
MOTS: Final = {
    "prénom": PRENOM,
    "nom": NOM,
    "adresse": ADRESSE,
    "téléphone": TELEPHONE,
    "employeur": "cabinetzq7",
    "session souhaitée": "sessionzq8",
    "nom d’une pièce": "brevetzq9",
    "contenu d’une pièce": "contenuzq1",
    "précision d’un refus": "precisionzq2",
    "demande de compléter": "completerzq3",
    "réserve": "reservezq4",
    "écart": "ecartzq5",
    "recours": "recourszq6",
    "réponse au recours": "reponsezq7",
    "retrait": "retraitzq8",
    "regard du soutien": "regardzq9",
    "facteurs perdus": "facteurszq1",
    "cellule d’un import": "cellulezq2",
    "clé d’un import": "clezq3",
    "quarantaine": "suspectzq4",
}
"""What is said of the person, and where."""


def _pdf(largeur: int) -> bytes:
    """Another width is another file: the very one that was refused is not taken again."""
    from pypdf import PdfWriter  # noqa: PLC0415 - this program alone
    from pypdf.generic import DecodedStreamObject, NameObject  # noqa: PLC0415

    plume = PdfWriter()
    page = plume.add_blank_page(largeur, 842)
    texte = DecodedStreamObject()
    texte.set_data(f"BT ({MOTS['contenu d’une pièce']}) Tj ET".encode())
    page[NameObject("/Contents")] = plume._add_object(texte)
    with TemporaryDirectory() as place:
        plume.write(Path(place) / "p.pdf")
        return (Path(place) / "p.pdf").read_bytes()


def _deposer(dossier: Dossier, nature: str, qui: Personne, largeur: int = 595) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from binome.comptes.acteur import Acteur  # noqa: PLC0415
    from binome.pieces.services import deposer_piece  # noqa: PLC0415

    fichier = SimpleUploadedFile(f"{MOTS['nom d’une pièce']} {NOM}.pdf", _pdf(largeur))
    dossier.refresh_from_db()
    deposer_piece(dossier, nature, fichier, Acteur(qui), dossier.version)
    dossier.refresh_from_db()


def _ouvrir_le_compte(reference: str) -> Personne:
    """The person opens the account that they were invited to, by the link of the letter."""
    from binome.comptes.models import Invitation  # noqa: PLC0415
    from binome.comptes.services import ouvrir_compte  # noqa: PLC0415
    from binome.courrier.models import Message  # noqa: PLC0415

    invitation = Invitation.objects.get(dossier=reference)
    lettre = Message.objects.get(cle=f"invitation:{invitation.pk}").texte
    trouve = re.search(r"/invitation/([\w-]+)/", lettre)
    assert trouve is not None, lettre
    return ouvrir_compte(trouve[1], prenom=PRENOM, nom=NOM, mot_de_passe=PHRASE)


def _deposer_un_dossier(monde: Monde) -> tuple[Dossier, Personne]:
    from datetime import date  # noqa: PLC0415

    from binome.comptes.acteur import Acteur  # noqa: PLC0415
    from binome.dossiers import services  # noqa: PLC0415
    from tests.dossiers.monde import FAITS  # noqa: PLC0415

    alice = Acteur(monde.alice)
    dossier = services.ouvrir(monde.organisme, alice, exemple=True)
    identite = {
        "prenom": PRENOM, "nom": NOM, "naissance": date(1981, 7, 9), "courriel": ADRESSE,
        "telephone": TELEPHONE, "employeur": MOTS["employeur"], "session": MOTS["session souhaitée"],
    }  # fmt: skip
    dossier = services.ecrire_identite(dossier, identite, alice, version=dossier.version)
    dossier = services.declarer(dossier, FAITS, alice, version=dossier.version)
    dossier = services.deposer(dossier, alice, version=dossier.version)
    return dossier, _ouvrir_le_compte(dossier.reference)


def _suspecte(dossier: Dossier, monde: Monde) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from binome.comptes.acteur import Acteur  # noqa: PLC0415
    from binome.depot.refus import PieceRefusee  # noqa: PLC0415
    from binome.pieces.services import deposer_piece  # noqa: PLC0415
    from tests.depot.test_controle import EICAR  # noqa: PLC0415

    fichier = SimpleUploadedFile(f"{NOM}.pdf", EICAR + MOTS["quarantaine"].encode())
    try:
        deposer_piece(dossier, "afgsu", fichier, Acteur(monde.alice), dossier.version)
    except PieceRefusee:
        return
    raise AssertionError


def _examiner(dossier: Dossier, monde: Monde) -> None:
    """A document refused, the dossier sent back, completed, accepted."""
    from binome.comptes.acteur import Acteur  # noqa: PLC0415
    from binome.dossiers import services  # noqa: PLC0415
    from binome.pieces import examen  # noqa: PLC0415
    from tests.dossiers.monde import joindre  # noqa: PLC0415

    emma, alice = Acteur(monde.emma), Acteur(monde.alice)
    _deposer(dossier, "diplomes", monde.alice)
    _suspecte(dossier, monde)
    piece = dossier.pieces.get(nature="diplomes")
    piece.dossier = dossier
    examen.refuser_piece(
        piece, emma, version=dossier.version, motif="illisible",
        precision=MOTS["précision d’un refus"],
    )  # fmt: skip
    services.demander(dossier, emma, version=dossier.version, motif=MOTS["demande de compléter"])
    _deposer(dossier, "diplomes", monde.alice, largeur=594)
    dossier = services.completer(dossier, alice, version=dossier.version, confirme=True)
    dits = {un.nom: un.valeur for un in dossier.faits.all()}
    for nature, noms in {
        "diplomes": ("diplomes", "niveau_diplome"),
        "experience": ("experience_secretaire_mois",),
        "contrat": ("situation", "contrat"),
        "afgsu": ("afgsu_niveau",),
        "identite": (),
        "cv": (),
    }.items():
        attend = dossier.pieces.filter(nature=nature, etat="recue").first()
        piece = attend or joindre(monde, dossier, nature)
        piece.dossier = dossier
        prouves = {nom: dits[nom] for nom in noms}
        examen.accepter_piece(piece, emma, version=dossier.version, faits=prouves)


def _decider(dossier: Dossier, monde: Monde, elle: Personne) -> None:
    """Decided with a reserve, sealed, notified, contested, answered."""
    from django.utils import timezone  # noqa: PLC0415

    from binome.bureau import decisions  # noqa: PLC0415
    from binome.comptes.acteur import Acteur  # noqa: PLC0415
    from binome.comptes.services import donner_role  # noqa: PLC0415
    from binome.dossiers import services  # noqa: PLC0415
    from binome.dossiers.etats import Nature  # noqa: PLC0415
    from binome.dossiers.models import Decision  # noqa: PLC0415
    from binome.dossiers.pieces.apercus import APERCUS  # noqa: PLC0415
    from binome.lettres.lettre import sceller  # noqa: PLC0415
    from binome.lettres.notification import notifier  # noqa: PLC0415
    from tests.dossiers.monde import personne  # noqa: PLC0415

    emma = Acteur(monde.emma)
    dossier.refresh_from_db()
    services.proposer(dossier, emma, version=dossier.version)
    decisions.decider(
        dossier, emma, version=dossier.version, nature=Nature.RESERVE, reserve=MOTS["réserve"],
        ecart=MOTS["écart"],
    )  # fmt: skip
    # The hour within which it may be undone is over.
    Decision.objects.update(notifiable_des=timezone.now() - timedelta(minutes=1))
    assert (sceller(), notifier()) == (1, 1)
    APERCUS.dessiner()
    dossier.refresh_from_db()
    decisions.contester(dossier, Acteur(elle), version=dossier.version, texte=MOTS["recours"])
    # Who decided does not answer.
    eric = personne("eric")
    donner_role(eric, monde.branche, "examinateur")
    decisions.repondre(
        dossier, Acteur(eric), version=dossier.version, revue=False,
        reponse=MOTS["réponse au recours"],
    )  # fmt: skip


def _importer(monde: Monde) -> Dossier:
    """Two rows of a spreadsheet: one becomes a dossier, the other waits to be mended."""
    from binome.comptes.acteur import Acteur  # noqa: PLC0415
    from binome.dossiers.models import Dossier  # noqa: PLC0415
    from binome.imports import services, tranches  # noqa: PLC0415

    alice = Acteur(monde.alice)
    lignes = (
        "Clé;Prénom;Nom;Date de naissance;Adresse électronique;Employeur;Session souhaitée",
        f"{MOTS['clé d’un import']};{PRENOM};{NOM};09/07/1981;{ADRESSE};;",
        f"A mender;{PRENOM};{NOM};31/02/1981;{ADRESSE};;{MOTS['cellule d’un import']}",
    )
    with TemporaryDirectory() as place:
        chemin = Path(place) / "candidats.csv"
        chemin.write_text("\n".join(lignes), encoding="utf-8")
        importation = services.ouvrir_import(monde.organisme, alice, chemin)
    services.commencer(importation, alice, deposer=False)
    tranches.tout_faire(importation, alice)
    return Dossier.objects.get(cle_import=MOTS["clé d’un import"])


def _passer_les_portes(dossier: Dossier, monde: Monde, elle: Personne) -> None:
    """Signs in, fails to, forgets the password; reads, and is read."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    # Their addresses, without having gathered them.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    porte = "/compte/connexion/"
    sienne, autre = Client(), Client()
    entree = sienne.post(porte, {"login": ADRESSE, "password": PHRASE})
    assert entree.status_code == 302, entree.content.decode()
    assert sienne.get("/espace/donnees/").status_code == 200
    assert autre.post(porte, {"login": ADRESSE, "password": "non"}).status_code == 200
    assert autre.post("/compte/mot-de-passe/oublie/", {"email": ADRESSE}).status_code == 302
    assert autre.get(f"/inconnue/?nom={NOM}&adresse={ADRESSE}").status_code == 404
    assert sienne.post("/espace/donnees/export/").status_code == 200
    lectrice = Client()
    lectrice.force_login(monde.emma)
    assert lectrice.get(f"/espace/dossiers/{dossier.reference}/").status_code == 200
    assert lectrice.get(f"/espace/dossiers/?q={NOM}").status_code == 200


def _aider(monde: Monde, elle: Personne) -> None:
    """Support looks through their eyes; the operator takes back a lost factor."""
    from binome.comptes.exploitation import facteurs_perdus  # noqa: PLC0415
    from binome.comptes.facteurs import poser_application  # noqa: PLC0415
    from binome.comptes.services import (  # noqa: PLC0415
        cesser_de_regarder,
        creer_organisation,
        donner_role,
        regarder,
    )
    from tests.dossiers.monde import personne  # noqa: PLC0415

    aide = personne("sophie")
    donner_role(aide, creer_organisation("soutien", "Aide d’exemple"), "soutien")
    cesser_de_regarder(regarder(aide, elle, MOTS["regard du soutien"]))
    poser_application(elle)
    facteurs_perdus(ADRESSE, MOTS["facteurs perdus"])


def _lire_ailleurs(monde: Monde, elle: Personne) -> None:
    """They train too, and open somebody else's dossier: the spool of readings holds their number."""
    from django.test import Client  # noqa: PLC0415

    from binome.comptes.services import donner_role  # noqa: PLC0415
    from tests.dossiers.monde import depose  # noqa: PLC0415

    donner_role(elle, monde.organisme, "formateur")
    elle.refresh_from_db()
    lue = depose(monde)
    client = Client()
    client.force_login(elle)
    assert client.get(f"/espace/dossiers/{lue.reference}/").status_code == 200


def vivre(archive: str) -> dict[str, Any]:
    """Their whole way, and a backup at its end."""
    from binome.comptes.demandes_de_mot_de_passe import repondre  # noqa: PLC0415
    from binome.courrier.envoi import envoyer  # noqa: PLC0415
    from binome.socle.sauvegarde import sauvegarder  # noqa: PLC0415
    from tests.dossiers.monde import construire  # noqa: PLC0415

    monde = construire()
    decide, elle = _deposer_un_dossier(monde)
    _examiner(decide, monde)
    _decider(decide, monde, elle)
    retire = _importer(monde)
    _aider(monde, elle)
    _passer_les_portes(decide, monde, elle)
    while envoyer():
        pass
    assert repondre() == 1  # its letter stays in the outbox
    _lire_ailleurs(monde, elle)
    sauvegarder(Path(archive))
    return {"personne": elle.pk, "decide": decide.pk, "retire": retire.pk}


def effacer(decide: str, retire: str) -> dict[str, Any]:
    """What is erased before the account is closed: at their request, and at its term."""
    from binome.comptes.acteur import Acteur  # noqa: PLC0415
    from binome.comptes.models import Personne  # noqa: PLC0415
    from binome.conservation.demande import demander_l_effacement  # noqa: PLC0415
    from binome.dossiers import services  # noqa: PLC0415
    from binome.dossiers.effacement import anonymiser  # noqa: PLC0415
    from binome.dossiers.models import Dossier  # noqa: PLC0415

    dossier = Dossier.objects.get(pk=int(retire))
    alice = Acteur(Personne.objects.get(courriel="alice@exemple.fr"))
    elle = Acteur(Personne.objects.get(courriel=ADRESSE))
    dossier = services.retirer(dossier, alice, version=dossier.version, motif=MOTS["retrait"])
    Dossier.objects.filter(pk=dossier.pk).update(candidat=elle.personne)
    (garde, efface) = demander_l_effacement(elle)
    reference = Dossier.objects.get(pk=int(decide)).reference
    assert (garde.nom, garde.efface, efface.efface) == (reference, False, True)
    # What the job does at the term, some years later.
    assert anonymiser(int(decide), auteur="systeme", motif="Durée de conservation atteinte")
    return {}


def constater() -> dict[str, Any]:
    """What the database still says, for who asks it: whose readings, how many sessions, every value."""
    from django.contrib.sessions.models import Session  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from binome.journal.chaine import verifier  # noqa: PLC0415
    from binome.lectures.models import Lecture  # noqa: PLC0415
    from binome.socle.sauvegarde import tables  # noqa: PLC0415

    valeurs: list[str] = []
    with connection.cursor() as curseur:
        for table in tables():
            curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our tables
            valeurs += [str(un) for ligne in curseur.fetchall() for un in ligne]
    sessions = [json.dumps(une.get_decoded()) for une in Session.objects.all()]
    return {
        "journal": str(verifier()),
        "lectures": list(Lecture.objects.values_list("personne", flat=True)),
        "sessions": sessions,
        "valeurs": valeurs,
    }


ETAPES: Final = {"vivre": vivre, "effacer": effacer, "constater": constater}

if __name__ == "__main__":
    from binome.cli.serveur import ouvrir_la_base

    ouvrir_la_base()
    print(json.dumps(ETAPES[sys.argv[1]](*sys.argv[2:])))  # type: ignore[operator] # noqa: T201
