"""The roles, by kind of organisation, as one table."""

from __future__ import annotations

from typing import Final, NamedTuple

ORGANISME: Final = "organisme"
CABINET: Final = "cabinet"
GROUPEMENT: Final = "groupement"
"""A kind of organisation, and the role of who answers for one."""
BRANCHE: Final = "branche"
OPCO: Final = "opco"
CPAM: Final = "cpam"
PILOTAGE: Final = "pilotage"
SOUTIEN: Final = "soutien"
EMPLOYEUR: Final = "employeur"
TUTEUR: Final = "tuteur"
GENRES: Final = {
    ORGANISME: "Organisme de formation",
    CABINET: "Cabinet ou structure de soins",
    GROUPEMENT: "Groupement d’employeurs",
    BRANCHE: "Branche (CPNEFP)",
    OPCO: "Opco",
    CPAM: "Caisse primaire (CPAM)",
    PILOTAGE: "Pilotage du dispositif",
    SOUTIEN: "Aide aux utilisateurs",
}


class Role(NamedTuple):
    """What a person is in an organisation. `administre`: manages its people; `peut`: what it allows, in words."""

    code: str
    genre: str
    mot: str
    peut: str
    administre: bool = False


_INVITE: Final = "inviter et retirer les personnes de l’organisation"
ROLES: Final = {
    un.code: un
    for un in (
        Role("gestionnaire", ORGANISME, "Gestionnaire de l’organisme",
             f"déposer et compléter les dossiers, importer, exporter, {_INVITE}", administre=True),
        Role("formateur", ORGANISME, "Formateur ou formatrice", "lire les dossiers de l’organisme, sans leurs pièces ni leurs recours"),
        Role(EMPLOYEUR, CABINET, "Employeur",
             f"lire la voie et les heures des personnes employées, {_INVITE}", administre=True),
        Role(TUTEUR, CABINET, "Tuteur ou tutrice",
             "remplir et signer le livret des personnes suivies, lire leur voie et leurs heures"),
        Role(GROUPEMENT, GROUPEMENT, "Groupement d’employeurs",
             f"lire la voie et les heures des personnes du groupement, {_INVITE}", administre=True),
        Role("administrateur", BRANCHE, "Administration de la branche",
             f"examiner et décider, trancher les points, tenir les jurys, déclarer les certificats, lire qui a ouvert quoi, {_INVITE}", administre=True),
        Role("examinateur", BRANCHE, "Examen des dossiers", "lire les pièces, préparer et prendre les décisions"),
        Role("jury", BRANCHE, "Organisation des jurys", "préparer et tenir les jurys, déclarer les certificats, lire les dossiers déposés et leur décision, sans leurs pièces ni leurs recours"),
        Role("opco", OPCO, "Opco",
             f"répondre aux demandes de prise en charge, vérifier les mois, donner barèmes et fonds, {_INVITE}", administre=True),
        Role("cpam", CPAM, "CPAM", _INVITE, administre=True),
        Role("pilote", PILOTAGE, "Pilotage", _INVITE, administre=True),
        Role("soutien", SOUTIEN, "Aide aux utilisateurs",
             f"voir ce que voit une personne, sans rien changer, {_INVITE}", administre=True),
    )
}  # fmt: skip
"""Of one kind, the first allows the most and the last the least."""
EXAMINENT: Final = ("examinateur", "administrateur")
"""Who examines the dossiers for the branch."""
CERTIFIENT: Final = ("jury", "administrateur")
"""Who organises the juries of a branch, delivers its titles and declares them."""
SECOND_FACTEUR: Final = frozenset({BRANCHE, SOUTIEN})
"""The kinds of organisation whose people must prove a second factor."""
LISENT: Final = frozenset({ORGANISME, CABINET, GROUPEMENT, BRANCHE})
"""The kinds of organisation whose people read dossiers."""


def roles_de(genre: str) -> list[Role]:
    """The roles of a kind of organisation, the one that allows the least first."""
    return [un for un in reversed(ROLES.values()) if un.genre == genre]
