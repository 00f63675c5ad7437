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
    """What a person is in an organisation. `administre`: manages its people."""

    code: str
    genre: str
    mot: str
    administre: bool = False


ROLES: Final = {
    un.code: un
    for un in (
        Role("gestionnaire", ORGANISME, "Gestionnaire de l’organisme", administre=True),
        Role("formateur", ORGANISME, "Formateur ou formatrice"),
        Role(EMPLOYEUR, CABINET, "Employeur", administre=True),
        Role(TUTEUR, CABINET, "Tuteur ou tutrice"),
        Role(GROUPEMENT, GROUPEMENT, "Groupement d’employeurs", administre=True),
        Role("administrateur", BRANCHE, "Administration de la branche", administre=True),
        Role("examinateur", BRANCHE, "Examen des dossiers"),
        Role("jury", BRANCHE, "Organisation des jurys"),
        Role("opco", OPCO, "Opco", administre=True),
        Role("cpam", CPAM, "CPAM", administre=True),
        Role("pilote", PILOTAGE, "Pilotage", administre=True),
        Role("soutien", SOUTIEN, "Aide aux utilisateurs", administre=True),
    )
}
EXAMINENT: Final = ("examinateur", "administrateur")
"""Who examines the dossiers for the branch."""
SECOND_FACTEUR: Final = frozenset({BRANCHE, SOUTIEN})
"""The kinds of organisation whose people must prove a second factor."""
