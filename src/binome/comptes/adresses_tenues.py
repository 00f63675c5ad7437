"""Every address that somebody ever had, and the accounts that these tell to be one and the same person's."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from binome.comptes.models import AdresseQuittee, Personne


class Tenues(NamedTuple):
    """The addresses and the accounts of one person."""

    adresses: frozenset[str]
    comptes: frozenset[int]


def d_aujourd_hui(personne: Personne) -> Tenues:
    """What is known of who never changed their address: the address and the account that they have."""
    return Tenues(frozenset({personne.courriel}), frozenset({personne.pk}))


def a_change(personne: Personne) -> RawSQL:
    """Whether an address of an account was changed, or left by another account: for a query that is made anyway."""
    # In SQL for the reason that `facteurs.pose` tells.
    return RawSQL(
        "EXISTS (SELECT 1 FROM comptes_adressequittee quittee"
        " WHERE quittee.personne_id = %s OR quittee.courriel = %s)",
        (personne.pk, personne.courriel),
        BooleanField(),
    )


def tenues_par(personne: Personne) -> Tenues:
    """The addresses that a person has or had, with those of every account that had one of them; two queries."""
    quittees = AdresseQuittee.objects.filter(personne=personne).order_by()
    siennes = {personne.courriel, *quittees.values_list("courriel", flat=True)}
    memes = Personne.objects.filter(
        Q(courriel__in=siennes) | Q(adresses_quittees__courriel__in=siennes)
    ).order_by()
    comptes = dict(memes.values_list("pk", "courriel"))
    return Tenues(frozenset(siennes.union(comptes.values())), frozenset({personne.pk, *comptes}))
