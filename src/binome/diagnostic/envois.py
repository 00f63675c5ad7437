"""What leaves the house: mails, and the jobs that send them."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.mail import get_connection

from binome.courrier import battements, boite
from binome.courrier.envoi import dire
from binome.diagnostic import mesures
from binome.diagnostic.dits import depuis_dit
from binome.diagnostic.observation import a_faire, bon
from binome.socle import etat_de_la_machine as machine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.diagnostic.observation import Observation

PATIENCE: Final = 5
"""Seconds given to the mail server."""


def _joindre() -> str:
    """What the mail server answers badly; empty when it opens its door. Nothing is sent."""
    connexion: Any = get_connection(timeout=PATIENCE)
    try:
        connexion.open()
        connexion.close()
    except (OSError, smtplib.SMTPException) as erreur:
        return dire(erreur)
    return ""


def courrier() -> Iterator[Observation]:
    """Whether the mail server answers, and the outbox empties."""
    if settings.DEMONSTRATION and "smtp" not in settings.EMAIL_BACKEND:
        yield bon("courrier", "Démonstration : les courriels s’écrivent dans un dossier.")
        return
    if not settings.COURRIER_OUVERT:
        yield a_faire(
            "courrier",
            "Aucun serveur de courrier : personne ne reçoit rien.",
            "Donnez BINOME_COURRIER.",
        )
        return
    faute = _joindre()
    if faute:
        yield a_faire(
            "courrier",
            f"Le serveur de courrier ne prend pas les courriels ({faute}).",
            "Vérifiez BINOME_COURRIER : serveur, port, compte et secret. Ce qui attend partira ensuite.",
        )
    else:
        yield bon("courrier", f"{settings.EMAIL_HOST} répond.")
    with machine.base_a_part() as base:
        attente, abandonnes = mesures.boite(base), mesures.abandonnes(base)
        bloquee = boite.bloquee(base)
    dit = f"{attente.nombre} en attente"
    if attente.depuis is not None:
        dit += f", le plus ancien depuis {depuis_dit(attente.depuis)}"
    if bloquee:
        yield a_faire(
            "boîte d’envoi", f"{dit} : elle ne se vide pas.", "Voyez le courrier et les travaux."
        )
    elif abandonnes.nombre:
        yield a_faire(
            "boîte d’envoi",
            f"{dit} ; {abandonnes.nombre} abandonnés après deux jours d’essais.",
            "Ces personnes n’ont rien reçu : faites corriger leur adresse, et prévenez-les autrement.",
        )
    else:
        yield bon("boîte d’envoi", f"{dit}.")


def travaux() -> Iterator[Observation]:
    """Whether the jobs pass."""
    faute = battements.constater()
    if faute:
        yield a_faire(
            "travaux",
            f"Les travaux sont {faute}.",
            "Ils tournent avec « binome serve » ; seuls, avec « binome travaux ». Ses erreurs disent le reste.",
        )
        return
    passes = [un.passe for un in battements.releves()]
    le = datetime.fromtimestamp(max(passes, default=0.0), UTC)
    yield bon("travaux", f"{len(passes)} travaux passent ; le dernier, il y a {depuis_dit(le)}.")
