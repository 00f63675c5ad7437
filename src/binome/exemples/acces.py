"""The made-up organisations, and one account per role."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from django.contrib.auth.hashers import make_password

from binome.comptes.models import Personne
from binome.comptes.roles import BRANCHE, CABINET, GENRES, GROUPEMENT, ORGANISME, ROLES
from binome.comptes.services import creer_organisation, dire_la_personne, donner_role
from binome.emplois.services import adherer
from binome.exemples.dossiers.calibrage import ORGANISMES
from binome.journal.services import SYSTEME

if TYPE_CHECKING:
    from binome.comptes.models import Organisation

DOMAINE: Final = "exemple.invalid"
"""A domain that cannot exist: no mail ever leaves."""
MOT_DE_PASSE: Final = "demonstration-binome"
"""Of every account of the demonstration."""
CANDIDAT: Final = "candidat"
MEMBRE_DEPUIS: Final = date(2026, 1, 1)
"""When the made-up practice entered the made-up group."""


class CompteDExemple(NamedTuple):
    """One account to try: the role in words, and the address to sign in with."""

    role: str
    mot: str
    courriel: str


def comptes() -> tuple[CompteDExemple, ...]:
    """The accounts of the demonstration, one per role."""
    roles = [(un.code, un.mot) for un in ROLES.values()]
    return tuple(
        CompteDExemple(code, mot, f"{code}@{DOMAINE}")
        for code, mot in (*roles, (CANDIDAT, "Candidate"))
    )


class Scene(NamedTuple):
    """Where the made-up dossiers are filed, and who acts in them."""

    organismes: list[Organisation]
    cabinet: Organisation
    branche: Organisation
    personnes: dict[str, Personne]


def dresser(mot_de_passe: str) -> Scene:
    """Writes the organisations and the accounts, through the services, all labelled as examples."""
    organismes = [
        creer_organisation(ORGANISME, f"Organisme d’exemple {rang}", exemple=True)
        for rang in range(1, ORGANISMES + 1)
    ]
    autres = {
        genre: creer_organisation(genre, f"{nom} d’exemple", exemple=True)
        for genre, nom in GENRES.items()
        if genre != ORGANISME
    }
    adherer(autres[GROUPEMENT], autres[CABINET], MEMBRE_DEPUIS, auteur=SYSTEME)
    lieux = {**autres, ORGANISME: organismes[0]}
    cache = make_password(mot_de_passe)
    personnes: dict[str, Personne] = {}
    for un in comptes():
        personne = Personne(
            courriel=un.courriel, prenom=un.mot.split()[0], nom="Exemple", exemple=True
        )
        personne.password = cache
        personne.save()
        dire_la_personne(personne, auteur=SYSTEME)
        personnes[un.role] = personne
        if un.role in ROLES:
            donner_role(personne, lieux[ROLES[un.role].genre], un.role)
    return Scene(organismes, autres[CABINET], autres[BRANCHE], personnes)
