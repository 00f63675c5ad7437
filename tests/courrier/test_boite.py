"""Whether the outbox empties: what waits because of the house, and not because of one address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from binome.courrier.boite import ATTENTE, ESSAIS, bloquee
from binome.courrier.models import Message
from binome.courrier.services import AMettre, mettre_tous_en_file

pytestmark = pytest.mark.django_db


def lettre(cle: str, a_qui: str = "lea@exemple.fr") -> AMettre:
    """A letter to queue; its template is the shortest."""
    return AMettre(
        cle=cle, destinataire=a_qui, sujet="Essai", gabarit="securite",
        contexte={"fait": "Un essai.", "adresse": ""},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("retard", "essais", "erreur", "attendu"),
    [
        (timedelta(0), 0, "", ""),
        (ATTENTE + timedelta(minutes=1), 0, "", "bloqué"),
        (-timedelta(hours=2), ESSAIS, "ConnectionRefusedError", "bloqué"),
        (-timedelta(hours=2), ESSAIS - 1, "ConnectionRefusedError", ""),
        (-timedelta(hours=2), ESSAIS, "SMTPRecipientsRefused 550", ""),
        (-timedelta(hours=2), ESSAIS, "PieceJointeAbsente", ""),
    ],
)
def test_la_boite_se_dit_bloquee_par_la_maison_seule(
    settings: Any, retard: timedelta, essais: int, erreur: str, attendu: str
) -> None:
    settings.COURRIER_OUVERT = True
    mettre_tous_en_file([lettre("un")])
    Message.objects.update(
        a_envoyer_des=timezone.now() - retard, essais=essais, derniere_erreur=erreur
    )
    assert bloquee(connection) == attendu
    Message.objects.update(abandonne_le=timezone.now())
    assert bloquee(connection) == "", "what we stopped trying waits no more"


def test_sans_serveur_de_courrier_rien_n_est_bloque(settings: Any) -> None:
    settings.COURRIER_OUVERT = False
    mettre_tous_en_file([lettre("un")])
    Message.objects.update(a_envoyer_des=timezone.localtime() - timedelta(days=3))
    assert bloquee(connection) == ""


def test_plusieurs_se_mettent_en_file_une_fois_chacune() -> None:
    mettre_tous_en_file([lettre("un"), lettre("deux", "bob@exemple.fr")])
    mettre_tous_en_file([lettre("deux", "bob@exemple.fr"), lettre("trois")])
    lues = Message.objects.order_by("pk").values_list("cle", "destinataire")
    assert list(lues) == [
        ("un", "lea@exemple.fr"), ("deux", "bob@exemple.fr"), ("trois", "lea@exemple.fr"),
    ]  # fmt: skip
    assert all("Un essai." in un.texte for un in Message.objects.all())
