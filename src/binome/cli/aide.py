"""`binome aide`: the aid contract of the Assurance Maladie, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from binome.cli.question import Service
from binome.cli.services import portes, servir
from binome.regles.calendrier import date_en_clair, montant_en_clair
from binome.regles.metiers.aide import SUITE, VUE, aider

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from binome.regles.metiers.aide import Aide, Eligible

PHRASES: Final[dict[Eligible, str]] = {
    "oui": "Le contrat d’aide est ouvert à ce médecin.",
    "non": "Le contrat d’aide n’est pas ouvert à ce médecin, en l’état.",
    "indetermine": "Il manque un renseignement pour savoir si le contrat d’aide est ouvert.",
}
INCONNU: Final = "inconnu"


def montant(cents: int | None) -> str:
    """An amount, or the word for one that nobody gives."""
    return INCONNU if cents is None else montant_en_clair(cents)


def _afficher(reponse: Aide, sortie: Console) -> None:
    from rich.box import SIMPLE  # noqa: PLC0415 - pipes do without it
    from rich.console import Group  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from binome.cli.affichage import DISCRET, alerte_dite, citations, liste, titre  # noqa: PLC0415

    sortie.print(Text(PHRASES[reponse.eligible], style="bold"))
    if reponse.version is not None:
        texte = reponse.base.question.mots.get(reponse.version, reponse.version)
        sortie.print(Text(f"Texte du contrat : {texte}.", style=DISCRET))
    if reponse.annees:
        tableau = Table(box=SIMPLE, show_edge=False, pad_edge=False)
        for nom in ("Année", "Du", "Aide, au plus", "Selon les objectifs", "Reste à l’employeur"):
            tableau.add_column(nom, justify="left" if nom in ("Du",) else "right")
        for annee in reponse.annees:
            modulee = "oui" if annee.module_par_objectifs else "non"
            debut = date_en_clair(annee.du)
            tableau.add_row(
                str(annee.rang), debut, montant(annee.aide), modulee, montant(annee.reste)
            )
        sortie.print()
        sortie.print(tableau)
    sections = [
        ("Pourquoi", [Group(Text(un.texte), citations(un.citations)) for un in reponse.motifs]),
        ("À savoir", [alerte_dite(une, reponse.sources_de(une)) for une in reponse.alertes]),
        (
            "Ce qui changerait la réponse",
            [Group(Text(un.en_clair(SUITE))) for un in reponse.pour_changer],
        ),
        (
            "Il nous manque",
            [Group(Text(reponse.base.faits[nom].question)) for nom in reponse.manquants],
        ),
    ]
    for nom, elements in sections:
        if elements:
            sortie.print(titre(nom))
            sortie.print(liste(elements))
    sortie.print()
    sortie.print(Text(f"Base de règles {reponse.base.empreinte[:19]}…", style=DISCRET))


def _resumer(reponse: Aide) -> str:
    return f"Pour l’instant : {PHRASES[reponse.eligible].rstrip('.').lower()}"


SERVICE: Final = Service(
    nom="aide",
    vue=VUE,
    repondre=aider,
    afficher=_afficher,
    resumer=_resumer,
    lignes="Contrats d’aide chiffrés",
)


@click.command(
    name="aide",
    options_metavar="[OPTIONS]",
    help="""Dit si le contrat d’aide de l’Assurance Maladie est ouvert, et ce qu’il donne pendant cinq
    ans, avec ce que le poste laisse à payer.

    Sans option, pose les seules questions qui comptent encore. Avec « --json - », lit un objet JSON
    (ou un par ligne) et répond de même. Avec « --lot », traite un tableau CSV, XLSX ou Parquet.""",
)
@portes
def commande(
    entree_json: str | None,
    fiche: Path | None,
    lot: Path | None,
    sortie: Path | None,
    reformes: tuple[str, ...],
    certification: str,
) -> None:
    """Chooses the door that the options name."""
    servir(SERVICE, entree_json, fiche, lot, sortie, reformes, certification)
