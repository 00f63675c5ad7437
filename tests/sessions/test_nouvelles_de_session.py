"""Who is told what: a mail when a session opens, the mail of the day when its slots move."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.courrier import resume
from binome.courrier.models import Avis, Message
from binome.dossiers.effacement import anonymiser
from binome.dossiers.registre import exporter
from binome.gestes.services import faire
from binome.gestes.suites import suite_de
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.parcours.etats import Statut
from binome.parcours.flows import FLUX as PARCOURS
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS, SESSIONS
from binome.sessions.inscription import inscrire
from binome.sessions.models import Creneau, Inscription
from binome.sessions.registre import en_archive
from binome.typographie import FINE
from tests.dossiers.monde import personne, suivi_par
from tests.sessions.vie import annuler, preparee, publier, un_parcours

if TYPE_CHECKING:
    from binome.parcours.models import Parcours
    from binome.sessions.models import Session
    from tests.dossiers.monde import Monde


@pytest.fixture
def parcours(monde: Monde) -> Parcours:
    """The path of Léa, whose employer has an account; no mail has left."""
    sien = un_parcours(monde)
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    donner_role(personne("paul"), cabinet, "employeur")
    suivi_par(sien.dossier, cabinet)
    Message.objects.all().delete()
    Avis.objects.all().delete()
    return sien


def _recus() -> dict[str, str]:
    recus = {un.destinataire: un.sujet.replace(FINE, " ") for un in Message.objects.order_by("pk")}
    Message.objects.all().delete()
    return recus


def _suivis(session: Session, parcours: Parcours) -> list[Creneau]:
    a_suivre = parcours.modules.filter(statut=Statut.A_SUIVRE).values("code")
    lus = Creneau.objects.select_related("session__site", "session__organisme", "formateur")
    return list(lus.filter(session=session, module__in=a_suivre).order_by("debut"))


def test_chaque_geste_des_sessions_dit_qui_il_previent() -> None:
    for flux in (SESSIONS, CRENEAUX, INSCRIPTIONS):
        for un in flux.table:
            suite = suite_de(flux.nom, un.nom)
            assert suite is not None, (flux.nom, un.nom)
            assert suite.dit


def test_inscrire_ne_previent_qu_une_fois_la_session_publiee(
    monde: Monde, parcours: Parcours
) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [1], alice)
    assert _recus() == {}
    publier(session, monde)
    reference = parcours.dossier.reference
    sujet = f"Dossier {reference} : les dates de la session"
    assert _recus() == {
        "lea@exemple.fr": sujet, "paul@exemple.fr": sujet, "bob@exemple.fr": "les dates de la session",
    }  # fmt: skip
    faire(
        INSCRIPTIONS, "retirer", Inscription.objects.select_related("session__site", "session__organisme").get(),
        alice, version=1, donnees={"raison": "session"},
    )  # fmt: skip
    assert set(_recus()) == {"lea@exemple.fr", "paul@exemple.fr"}
    bilan = inscrire(session, [parcours.pk], [2], alice)
    assert bilan.nouvelles == ["Un courriel part à chacune et à son employeur."]
    assert set(_recus()) == {"lea@exemple.fr", "paul@exemple.fr"}


def test_vingt_creneaux_qui_bougent_font_un_seul_courriel(
    monde: Monde, parcours: Parcours, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [1, 2], alice)
    publier(session, monde)
    _recus()
    bouges = _suivis(session, parcours)[:20]
    for un in bouges:
        faire(CRENEAUX, "annuler", un, alice, version=1)
    assert _recus() == {}
    assert Avis.objects.filter(destinataire="lea@exemple.fr").count() == len(bouges)
    texte = Avis.objects.filter(destinataire="lea@exemple.fr").earliest("pk").texte
    assert texte.startswith("Un créneau est annulé : ")
    assert "Léa" not in texte
    monkeypatch.setattr(resume, "HEURE", timezone.localtime().time().min)
    resume.resumer()
    recus = _recus()
    assert set(recus) == {"lea@exemple.fr", "paul@exemple.fr", "bob@exemple.fr"}
    assert recus["lea@exemple.fr"] == f"{len(bouges)} créneaux qui changent"


def test_un_creneau_deplace_dit_quand_il_etait(monde: Monde, parcours: Parcours) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [1, 2], alice)
    publier(session, monde)
    donnees = {"jour": "2027-01-14", "de": "9 h", "a": "12 h 30"}
    faire(CRENEAUX, "deplacer", _suivis(session, parcours)[0], alice, version=1, donnees=donnees)
    assert Avis.objects.get(destinataire="lea@exemple.fr").texte == (
        "Un créneau est déplacé : jeudi 14 janvier 2027, de 9 h à 12 h 30, et non plus mardi 12 janvier 2027, "
        "de 9 h à 12 h 30."
    )


def test_un_creneau_de_demain_se_dit_aussitot(monde: Monde, parcours: Parcours) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [1, 2], alice)
    publier(session, monde)
    creneau = _suivis(session, parcours)[0]
    creneau.debut = timezone.localtime() + timedelta(days=1)
    creneau.fin = creneau.debut + timedelta(hours=3)
    creneau.save(update_fields=["debut", "fin"])
    _recus()
    donnees = {"formateur": str(monde.alice.pk), "modalite": "sur_place"}
    faire(CRENEAUX, "changer", creneau, alice, version=1, donnees=donnees)
    assert set(_recus()) == {
        "lea@exemple.fr", "paul@exemple.fr", "bob@exemple.fr", "alice@exemple.fr",
    }  # fmt: skip


def test_une_session_annulee_se_dit_une_fois_a_chacun(monde: Monde, parcours: Parcours) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [1, 2], alice)
    publier(session, monde)
    _recus()
    annuler(session, monde, version=2)
    assert Message.objects.count() == 3
    assert set(_recus()) == {"lea@exemple.fr", "paul@exemple.fr", "bob@exemple.fr"}
    assert not Avis.objects.exists()


@pytest.mark.parametrize(
    ("geste", "donnees"),
    [("abandonner", {"raison": "choix"}), ("transferer", {"vers": "Organisme C"})],
)
def test_un_parcours_qui_finit_libere_sa_place(
    monde: Monde, parcours: Parcours, geste: str, donnees: dict[str, str]
) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [1, 2], alice)
    faire(PARCOURS, geste, parcours, alice, version=1, donnees=donnees)
    une = Inscription.objects.get(parcours=parcours)
    assert (une.etat, une.raison) == ("retiree", "arret")
    assert not list(differences())


def test_un_parcours_interrompu_garde_sa_place(monde: Monde, parcours: Parcours) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [1, 2], alice)
    donnees = {"raison": "absence", "du": timezone.localdate().isoformat()}
    faire(PARCOURS, "interrompre", parcours, alice, version=1, donnees=donnees)
    assert Inscription.objects.get().etat == "inscrite"


def test_l_archive_dit_les_sessions_et_les_creneaux(monde: Monde, parcours: Parcours) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    inscrire(session, [parcours.pk], [2], alice)
    publier(session, monde)
    (dossier,) = exporter(monde.lea)["dossiers"]
    (sienne,) = dossier["sessions"]
    assert (sienne["blocs"], sienne["organisme"]) == ([2], "Organisme A")
    assert sienne["creneaux"]
    assert {un["module"][:2] for un in sienne["creneaux"]} == {"B2"}
    assert len(en_archive(monde.bob)) == session.creneaux.count()


def test_un_dossier_efface_libere_la_place_et_ne_laisse_rien_de_personne(
    monde: Monde, parcours: Parcours
) -> None:
    session = preparee(monde)
    inscrire(session, [parcours.pk], [1, 2], Acteur(monde.alice))
    assert anonymiser(parcours.dossier_id, auteur="systeme", motif="terme")
    une = Inscription.objects.get()
    assert (une.etat, une.raison) == ("retiree", "arret")
    assert not list(differences())
    assert verifier() is None
