"""The first page of a role whose work Binôme does not carry, or that only reads: what it is, and what may be read.

A page promises nothing that was not built: it says what Binôme does not do, and where one may read meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from binome.bureau.filtres import EN_COURS, FiltreDeDossiers
from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, ROLES, TUTEUR
from binome.dossiers.etats import Etat

if TYPE_CHECKING:
    from collections.abc import Collection

    from binome.comptes.acteur import Acteur


@dataclass(frozen=True)
class ALire:
    """A page that a role may read: its address by name, its words, and what one finds there."""

    page: str
    mot: str
    promesse: str
    filtre: str = ""

    @property
    def adresse(self) -> str:
        """Where it is."""
        suite = f"?{FiltreDeDossiers(etat=self.filtre).requete()}" if self.filtre else ""
        return reverse(self.page) + suite


@dataclass(frozen=True)
class Premiere:
    """What a role finds where nothing waits for it: whether something may, why not, and what to read."""

    rien: str
    pourquoi: str
    a_lire: tuple[ALire, ...]


@dataclass(frozen=True)
class DUnRole:
    """The first page of a role that a person holds, with whom they hold it for."""

    role: str
    organisation: str
    page: Premiere


AIDE: Final = ALire(
    "aide", "L’aide du contrat", "Cinq ans de montants et d’échéances, pour un cabinet donné."
)
PAYE: Final = ALire("financement", "Qui paie", "Chaque voie de financement, heure par heure.")
METIER: Final = ALire("missions", "Le métier", "Ce qui peut être confié, geste par geste.")
ORGANISMES: Final = ALire("organismes", "Organismes", "Où se former, et où personne ne forme.")
ECARTS: Final = ALire("ecarts", "Les écarts", "Là où les sources divergent, et ce qu’on en suit.")
CHANGE: Final = ALire("comparer", "Ce qui a changé", "Les règles entre deux jours, côte à côte.")
REFORMES: Final = ALire("reformes", "Les réformes", "Ce que changerait chaque réforme proposée.")

BORD: Final = ALire(
    "pilotage", "Où nous en sommes", "Contrats, entrées, certificats, délais, mois après mois."
)

EMPLOIE: Final = Premiere(
    "Rien ne vous est demandé aujourd’hui.",
    "Vous suivez les personnes que vous employez dès qu’un organisme de formation associe leur dossier à votre "
    "structure, puis le dépose. Un message vous en prévient.",
    (AIDE, PAYE, METIER),
)
PREMIERES: Final = {
    EMPLOYEUR: EMPLOIE,
    TUTEUR: EMPLOIE,
    GROUPEMENT: Premiere(
        "Rien ne vous est demandé aujourd’hui.",
        "Vous suivez les personnes que votre groupement et ses cabinets emploient, dès qu’un organisme de formation "
        "associe leur dossier.",
        (AIDE, PAYE, METIER),
    ),
    "jury": Premiere(
        "Rien ne vous est demandé aujourd’hui.",
        "Vous préparez les jurys : qui siège, qui est présenté, ce qui est décidé. Vous lisez les dossiers de la branche sans "
        "les décider.",
        (
            ALire("jurys", "Les jurys", "Qui siège, qui est présenté, ce qui est décidé."),
            ALire(
                "passeport",
                "Le passeport de compétences",
                "Ce qui est déclaré, ce qui reste à déclarer.",
            ),
            ALire("dossiers", "Les dossiers décidés", "Qui a obtenu une décision.", Etat.DECIDE),
            ALire("dossiers", "Les dossiers en cours", "Ce que la branche examine.", EN_COURS),
            ALire("points", "Points tranchés", "Les positions de la branche."),
        ),
    ),
    "opco": Premiere(
        "Rien ne vous attend.",
        "Les organismes vous demandent ici leurs prises en charge, et vous présentent chaque mois ce qui est prouvé.",
        (
            ALire(
                "prises-en-charge",
                "Les prises en charge",
                "Ce qui est demandé, prouvé, et ce qu’il reste.",
            ),
            PAYE,
            ECARTS,
        ),
    ),
    "cpam": Premiere(
        "Rien ne vous attend.",
        "Vos contrats d’aide se suivent ici, la prochaine échéance d’abord. Un contrat apparaît dès que son cabinet en dit la "
        "signature, ou que vous l’importez.",
        (
            ALire(
                "contrats-de-la-caisse",
                "Les contrats d’aide",
                "Ce qui vient, ce qui est tenu, ce qui est à verser.",
            ),
            AIDE,
            ECARTS,
        ),
    ),
    "pilote": Premiere(
        "Rien ne vous attend.",
        "Les indicateurs sont relevés chaque mois. Aucun dossier ne vous est montré, et les petits nombres sont cachés.",
        (BORD, ORGANISMES, REFORMES, CHANGE),
    ),
}
"""By role; those of who files, examines or helps have pages of their own."""
SANS_ROLE: Final = Premiere(
    "Rien ne vous est ouvert pour l’instant.",
    "Un organisme de formation dépose le dossier de chaque personne, à l’adresse électronique qu’elle lui donne, et "
    "l’invite. Si vous attendez un dossier, dites à votre organisme l’adresse de ce compte.",
    (ALire("accueil", "Quelle est ma voie ?", "Vos heures et vos dispenses, en quelques questions."), PAYE, ORGANISMES),
)  # fmt: skip
"""For who has neither a role nor a dossier."""


def _dite(mot: str, nom: str, page: Premiere) -> DUnRole:
    """The role and the house; the house alone where its name says the role."""
    return DUnRole(nom, "", page) if mot in nom else DUnRole(mot, nom, page)


def premieres(acteur: Acteur, servis: Collection[str] = ()) -> list[DUnRole]:
    """The first pages of the roles that nothing waits for, one for each; `servis`: the roles shown elsewhere."""
    lues = [
        _dite(ROLES[un.role].mot, un.organisation.nom, PREMIERES[un.role])
        for un in acteur.appartenances
        if un.role in PREMIERES and un.role not in servis
    ]
    return list({(un.page, un.organisation): un for un in lues}.values())
