"""The objects that the addresses of the matrix name, all of Alice's organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.test import Client

from tests.dossiers import monde as gens

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from tests.dossiers.monde import Monde

PARAMETRE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Objets:
    """What there is to reach, and who tries."""

    dossier: Dossier
    qui: dict[str, Personne | None]

    def valeur(self, adresse: str, nom: str) -> str:
        """What an address holds in place of a parameter. One line for each new parameter."""
        publics = {
            "sources/": "arrete-cqp-2024",
            "api/v1/sources/": "arrete-cqp-2024",
            "regles/": "R1",
            "api/v1/regles/": "R1",
            "referentiels/": "rncp40913",
            "api/v1/referentiels/": "rncp40913",
            "missions/": "accueil",
            "organismes/": "ifsi",
            "simulateur/": "candidat",
            "api/erreurs/": "panne",
            "api/v1/lots/": "00000000-0000-0000-0000-000000000000",
        }
        for debut, valeur in publics.items():
            if adresse.startswith(debut):
                return valeur
        return {"reference": self.dossier.reference}[nom]

    def chemin(self, adresse: str) -> str:
        """A real path for the address of a route."""
        return "/" + PARAMETRE.sub(lambda trouve: self.valeur(adresse, trouve[1]), adresse)


def preparer(monde: Monde) -> Objets:
    """A dossier with a proposal, and someone of each role around it."""
    dossier = gens.propose(monde)
    return Objets(dossier, gens.entourage(monde, dossier))


def entrer(personne: Personne | None) -> Client:
    """A browser where the person signed in; a fault of ours is a 500, as in life."""
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if personne is not None:
        client.force_login(personne)
    return client
