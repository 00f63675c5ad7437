"""When a candidate reads the notes of the branch in their archive: in every state of the flow."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.branches.services import ecrire_les_textes
from binome.comptes.acteur import Acteur
from binome.dossiers.etats import Etat
from binome.dossiers.models import Decision, Dossier
from tests.dossiers.monde import depose, notifiee, propose
from tests.dossiers.navigation import adresse, envoyer

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

NOTE = "On compte refuser : le contrat semble antidaté."


class Parcours:
    """A dossier that goes from hand to hand by the forms of its page, and what its candidate takes away."""

    def __init__(self, client: Client, monde: Monde, dossier: Dossier) -> None:
        self.client, self.monde, self.dossier = client, monde, dossier
        self.noter()

    def noter(self) -> None:
        """A note of the branch, which nobody else may read."""
        envoyer(
            self.client, self.monde.emma, adresse(self.dossier, "mots/"), texte=NOTE, interne="oui"
        )

    def faire(self, qui: Personne, geste: str, etat: Etat, **donnees: Any) -> None:
        """One gesture of a form, and the state that it leads to."""
        version = Dossier.objects.get(pk=self.dossier.pk).version
        envoyer(
            self.client, qui, adresse(self.dossier, f"gestes/{geste}/"), version=version, **donnees
        )
        assert Dossier.objects.get(pk=self.dossier.pk).etat == etat

    def archive(self) -> str:
        """Everything that the candidate takes away from « Vos données »."""
        reponse = envoyer(self.client, self.monde.lea, "/espace/donnees/export/", 200)
        with zipfile.ZipFile(io.BytesIO(b"".join(reponse.streaming_content))) as archive:
            return "\n".join(archive.read(nom).decode() for nom in archive.namelist())

    def ouverte(self) -> bool:
        """Whether the archive holds a note."""
        return NOTE in self.archive()


@pytest.fixture
def parcours(client: Client, monde: Monde) -> Parcours:
    """A dossier whose proposal is ready, of a branch that gives thirty days to contest."""
    ecrire_les_textes(monde.branche, Acteur(monde.ana), {}, 30)
    return Parcours(client, monde, propose(monde))


def decider(parcours: Parcours, qui: Personne | None = None) -> None:
    parcours.faire(
        qui or parcours.monde.emma, "decider", Etat.ARRETE, nature="refuse", raison="situation",
        confirme="lues",
    )  # fmt: skip


def passer_le_delai(parcours: Parcours) -> None:
    """As if the last day to contest were over."""
    avant = timezone.localtime() - timedelta(days=40)
    Decision.objects.filter(dossier=parcours.dossier).update(notifiee_le=avant)


def test_aucune_note_tant_que_la_branche_examine(client: Client, monde: Monde) -> None:
    parcours = Parcours(client, monde, depose(monde))
    envoyer(client, monde.emma, adresse(parcours.dossier, "mots/"), texte="Un message.")
    assert "Un message." in parcours.archive(), "messages are read at once"
    assert not parcours.ouverte()
    parcours.faire(monde.emma, "demander", Etat.A_COMPLETER, motif="Il manque un contrat.")
    assert not parcours.ouverte()
    parcours.faire(monde.alice, "completer", Etat.COMPLETE, confirme="oui")
    assert not parcours.ouverte()
    parcours.faire(monde.emma, "proposer", Etat.PROPOSITION)
    assert not parcours.ouverte()


def test_une_decision_ouvre_les_notes_une_fois_definitive(parcours: Parcours) -> None:
    assert not parcours.ouverte()
    decider(parcours)
    assert not parcours.ouverte()
    notifiee(parcours.dossier)
    assert not parcours.ouverte(), "it may still be contested: the branch would answer"
    passer_le_delai(parcours)
    assert parcours.ouverte()
    parcours.faire(parcours.monde.emma, "clore", Etat.CLOS)
    assert parcours.ouverte()


def test_une_branche_sans_delai_de_recours_ouvre_ses_notes_a_la_cloture(
    client: Client, monde: Monde
) -> None:
    parcours = Parcours(client, monde, propose(monde))
    decider(parcours)
    notifiee(parcours.dossier)
    passer_le_delai(parcours)
    assert not parcours.ouverte()


@pytest.mark.parametrize("apres_le_delai", [False, True])
def test_un_recours_ferme_les_notes_jusqu_a_sa_reponse(
    parcours: Parcours, *, apres_le_delai: bool
) -> None:
    decider(parcours)
    notifiee(parcours.dossier)
    if apres_le_delai:
        passer_le_delai(parcours)
    parcours.faire(parcours.monde.lea, "contester", Etat.RECOURS, texte="Je conteste.")
    parcours.noter()
    assert not parcours.ouverte()
    parcours.faire(parcours.monde.ana, "maintenir", Etat.CLOS, reponse="Vu.")
    assert parcours.ouverte()


def test_une_decision_revue_ferme_les_notes_jusqu_a_la_suivante(parcours: Parcours) -> None:
    decider(parcours)
    notifiee(parcours.dossier)
    parcours.faire(parcours.monde.lea, "contester", Etat.RECOURS, texte="Je conteste.")
    parcours.faire(parcours.monde.ana, "revoir", Etat.PROPOSITION, reponse="Nous relisons.")
    assert not parcours.ouverte()
    decider(parcours, parcours.monde.ana)
    assert not parcours.ouverte()
    notifiee(parcours.dossier)
    passer_le_delai(parcours)
    assert parcours.ouverte()


def test_retirer_n_ouvre_aucune_note_tant_que_l_on_peut_retablir(parcours: Parcours) -> None:
    """Otherwise one would withdraw, read what is decided, and come back."""
    decider(parcours)
    lea = parcours.monde.lea
    parcours.faire(lea, "retirer", Etat.RETIRE)
    assert not parcours.ouverte()
    parcours.faire(lea, "retablir", Etat.BROUILLON)
    assert not parcours.ouverte()
    parcours.faire(parcours.monde.alice, "deposer", Etat.DEPOSE)
    assert not parcours.ouverte()


def test_un_dossier_retire_pour_de_bon_ouvre_ses_notes(parcours: Parcours) -> None:
    parcours.faire(parcours.monde.lea, "retirer", Etat.RETIRE)
    avant = timezone.localtime() - timedelta(days=31)
    Dossier.objects.filter(pk=parcours.dossier.pk).update(
        clos_le=avant, depose_le=avant, cree_le=avant
    )
    assert parcours.ouverte()


def test_l_archive_ne_dit_rien_de_ce_que_la_branche_fait_pour_elle_meme(
    parcours: Parcours,
) -> None:
    """Neither that a note was written, nor who took the dossier, nor that somebody knows its candidate."""
    monde, dossier = parcours.monde, parcours.dossier
    version = Dossier.objects.get(pk=dossier.pk).version
    envoyer(parcours.client, monde.ana, adresse(dossier, "examen/prendre/"), version=version)
    parcours.faire(monde.ana, "se_deporter", Etat.PROPOSITION)
    decider(parcours)
    parcours.faire(monde.emma, "annuler", Etat.PROPOSITION, motif="Une erreur.")
    dite = parcours.archive()
    assert "dossier.deposer" in dite
    for geste in (
        "mot.note", "dossier.prendre", "dossier.se_deporter", "dossier.proposer", "dossier.decider",
        "dossier.annuler", "Une erreur.",
    ):  # fmt: skip
        assert geste not in dite, geste
