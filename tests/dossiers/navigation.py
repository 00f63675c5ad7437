"""A member's pages as the tests open them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.dossiers.monde import notifiee

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from binome.dossiers.models import Decision, Dossier


def page(client: Client, qui: Personne, adresse: str, attendu: int = 200) -> str:
    """A page as a person reads it, spaces flattened."""
    client.force_login(qui)
    reponse = client.get(adresse)
    assert reponse.status_code == attendu, (adresse, reponse.status_code)
    return " ".join(reponse.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def envoyer(client: Client, qui: Personne, adresse: str, attendu: int = 302, **donnees: Any) -> Any:
    """A form sent by a person."""
    client.force_login(qui)
    reponse = client.post(adresse, donnees)
    assert reponse.status_code == attendu, (adresse, reponse.status_code, reponse.content[:400])
    return reponse


def adresse(dossier: Dossier, suite: str = "") -> str:
    return f"/espace/dossiers/{dossier.reference}/{suite}"


def notifier(dossier: Dossier) -> Decision:
    """A decision as the candidate may read it."""
    return notifiee(dossier).decisions.get()
