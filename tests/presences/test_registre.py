"""What is kept of who signed: given back whole, and forgotten with the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.dossiers.effacement import anonymiser
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.presences.models import Presence, Signature
from binome.presences.rayons import SIGNATURES
from binome.presences.recevoir import recevoir
from binome.presences.registre import archiver
from binome.sessions.flows import CRENEAUX
from tests.presences.suivi import recue

if TYPE_CHECKING:
    from tests.presences.suivi import Suivi


def vivre(suivi: Suivi) -> Signature:
    recevoir(suivi.bob, suivi.creneau, [recue(suivi.parcours)], maintenant=timezone.now())
    faire(CRENEAUX, "geler", suivi.creneau, suivi.bob, version=suivi.creneau.version)
    return Signature.objects.get()


def test_la_personne_recoit_ce_qu_elle_a_signe(suivi: Suivi) -> None:
    signature = vivre(suivi)
    archive = archiver(suivi.parcours.dossier)
    assert [une["signee_le"] for une in archive["signatures"]] == [signature.signee_le]
    assert [une["minutes"] for une in archive["presences"]] == [210]


def test_effacee_avec_le_dossier_il_reste_des_minutes_sans_personne(suivi: Suivi) -> None:
    signature = vivre(suivi)
    chemin = SIGNATURES.chemin_de(signature.image)
    assert chemin.exists()
    assert anonymiser(suivi.parcours.dossier_id, auteur="systeme", motif="terme")
    assert not chemin.exists()
    signature.refresh_from_db()
    assert (signature.appareil, Presence.objects.get().minutes) == ("", 210)
    assert not list(differences())
    assert verifier() is None
