"""`binome echeances`: what is due when, by which text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from binome.agenda.echeances import VUE, echeances
from binome.cli.question import Service
from binome.cli.services import portes, servir
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from binome.agenda.echeances import Echeance, Echeances


def _afficher(reponse: Echeances, sortie: Console) -> None:
    from rich.text import Text  # noqa: PLC0415 - pipes do without it

    from binome.cli.affichage import DISCRET, liste, titre  # noqa: PLC0415

    if not reponse.toutes:
        sortie.print(Text("Aucune échéance ne court avec ces renseignements.", style="bold"))
    for une in reponse.toutes:
        _afficher_une(une, sortie)
    if reponse.manquants:
        sortie.print(titre("Il nous manque"))
        questions = [reponse.base.faits[nom].question for nom in reponse.manquants]
        sortie.print(liste(Text(question) for question in questions))
    sortie.print()
    sortie.print(Text(f"Base de règles {reponse.base.empreinte[:19]}…", style=DISCRET))


def _afficher_une(une: Echeance, sortie: Console) -> None:
    from rich.console import Group  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from binome.cli.affichage import CORAIL, DISCRET, citations, liste, titre  # noqa: PLC0415

    quand = "date inconnue" if une.jour is None else date_en_clair(une.jour)
    tete = titre(f"{quand} : {une.titre}")
    if une.rivales:
        tete.append("  les sources divergent, la date la plus proche est retenue", CORAIL)
    sortie.print(tete)
    elements = []
    for lecture in une.lectures:
        jour = "date inconnue" if lecture.jour is None else date_en_clair(lecture.jour)
        texte = f"{jour} : {lecture.motif.texte}" if une.rivales else lecture.motif.texte
        elements.append(Group(Text(texte), citations(lecture.motif.citations)))
    elements += [Group(Text(texte, style=DISCRET)) for _, texte, _ in une.alertes]
    sortie.print(liste(elements))


def _resumer(reponse: Echeances) -> str:
    datees = sum(une.jour is not None for une in reponse.toutes)
    return f"Pour l’instant : {datees} échéances datées sur {len(reponse.toutes)}"


SERVICE: Final = Service(
    nom="echeances",
    vue=VUE,
    repondre=echeances,
    afficher=_afficher,
    resumer=_resumer,
    lignes="Dossiers datés",
)


@click.command(
    name="echeances",
    options_metavar="[OPTIONS]",
    help="""Dit ce qui est dû, quand, et d’après quel texte : formation, qualification, AFGSU, contrat
    d’aide. Quand les sources divergent, chaque lecture est donnée et la date la plus proche retenue.

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
