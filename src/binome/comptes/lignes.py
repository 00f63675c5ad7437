"""The tables of people and organisations that the journal tells of."""

from __future__ import annotations

from typing import Final

from binome.comptes.models import (
    AdresseQuittee,
    Appartenance,
    Compteur,
    DemandeDeMotDePasse,
    Identite,
    Invitation,
    Organisation,
    Personne,
    Regard,
)
from binome.journal.tables import TableSuivie, declarer


def _personne(numero: int, *_: object) -> tuple[str, str]:
    return f"personne:{numero}", f"personne:{numero}"


def _de_la_personne(_: int, personne: int) -> tuple[str, str]:
    return _personne(personne)


def _organisation(_: int, organisation: int) -> tuple[str, str]:
    return f"organisation:{organisation}", ""


def _invitation(
    numero: int, organisation: int | None, dossier: str, attache: str
) -> tuple[str, str]:
    """An address that has no account yet is a subject of its own."""
    objet = f"dossier:{dossier}" if organisation is None else f"organisation:{organisation}"
    objet = attache or objet
    return objet, sujet_de_l_invitation(numero)


def sujet_de_l_invitation(numero: int) -> str:
    """Whose key marks the address of an invitation."""
    return f"invitation:{numero}"


HORS_DU_JOURNAL: Final = {
    Compteur: "Un compteur des portes : il s’efface de lui-même, et ne prouve rien.",
    DemandeDeMotDePasse: "Une demande qui attend sa réponse : la ligne part avec elle.",
}
"""The tables that the journal does not tell of, and why."""


def declarer_les_tables() -> None:
    """Makes the tables known to the journal."""
    declarer(
        TableSuivie(
            Personne,
            (),
            _personne,
            {
                "password": "Change à chaque connexion où le calcul est renforcé.",
                "last_login": "Change à chaque connexion.",
                "generation": "Un compteur des sessions.",
            },
        ),
        TableSuivie(Organisation, ("pk",), _organisation),
        TableSuivie(Appartenance, ("organisation_id",), _organisation),
        TableSuivie(Invitation, ("organisation_id", "dossier", "attache"), _invitation),
        TableSuivie(Regard, ("personne_id",), _de_la_personne),
        TableSuivie(Identite, ("personne_id",), _de_la_personne),
        TableSuivie(AdresseQuittee, ("personne_id",), _de_la_personne),
    )
