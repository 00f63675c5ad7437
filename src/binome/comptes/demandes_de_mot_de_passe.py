"""Forgotten passwords: the page notes the address, the jobs look whether it has an account.

The same work for a known address as for another, so that nothing, not even the time, tells them apart.
"""

from __future__ import annotations

from typing import Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from binome.comptes.models import DemandeDeMotDePasse, Personne
from binome.comptes.signaux import lettre_de_compte
from binome.socle.adresse_du_site import adresse_entiere

LOT: Final = 50


def noter(courriel: str) -> None:
    """Notes that an address asked for a new password."""
    DemandeDeMotDePasse.objects.create(courriel=courriel.strip().lower())


def chemin_de_mot_de_passe(personne: Personne) -> str:
    """The path where a person chooses a password, once and within the hour."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(personne),
            "key": default_token_generator.make_token(personne),
        },
    )


def repondre() -> int:
    """Queues the letter of each address that has an account, one however often it asked; how many asked.

    For the runner. Links are on the address of the site, never on what a request calls it.
    """
    demandes = list(DemandeDeMotDePasse.objects.all()[:LOT])
    for courriel in sorted({demande.courriel for demande in demandes}):
        with transaction.atomic():
            pris = DemandeDeMotDePasse.objects.filter(
                courriel=courriel, pk__in=[un.pk for un in demandes]
            ).delete()
            personne = Personne.objects.filter(courriel=courriel, is_active=True).first()
            if personne is None or not pris[0]:
                continue
            lettre_de_compte.send(
                DemandeDeMotDePasse,
                courriel=courriel,
                lettre="mot_de_passe",
                objet="Choisir un nouveau mot de passe",
                fait="",
                adresse=adresse_entiere(chemin_de_mot_de_passe(personne)),
            )
    return len(demandes)
