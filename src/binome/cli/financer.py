"""`binome financer`: every route to the training, who pays, and what would open the closed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from binome.cli.question import Service
from binome.cli.services import portes, servir
from binome.regles.calendrier import montant_en_clair
from binome.regles.metiers.financement import POSTES, SUITE, VUE, financer

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from binome.regles.metiers.financement import Financement, IssueDeVoie, VoieDeFinancement

ISSUES: Final[dict[IssueDeVoie, tuple[str, str]]] = {
    "oui": ("ouverte", "green"),
    "indetermine": ("à vérifier", "yellow"),
    "non": ("fermée", "dim"),
}
MOTS: Final = {
    "pedagogie": "cours payés à l’organisme (HT)",
    "salaire": "salaire remboursé",
    "annexes": "frais annexes",
    "reste_employeur": "reste à l’employeur",
    "reste_personne": "reste à la personne",
}


def _afficher(reponse: Financement, sortie: Console) -> None:
    from rich.text import Text  # noqa: PLC0415 - pipes do without it

    from binome.cli.affichage import DISCRET, liste, titre  # noqa: PLC0415

    ouvertes = [voie.titre for voie in reponse.voies if voie.issue == "oui"]
    phrase = f"Voies ouvertes : {', '.join(ouvertes)}." if ouvertes else "Aucune voie sûre encore."
    sortie.print(Text(phrase, style="bold"))
    for voie in reponse.par_issue:
        _afficher_la_voie(voie, sortie)
    if reponse.manquants:
        sortie.print(titre("Il nous manque"))
        questions = [reponse.base.faits[nom].question for nom in reponse.manquants]
        sortie.print(liste(Text(question) for question in questions))
    sortie.print()
    sortie.print(Text(f"Base de règles {reponse.base.empreinte[:19]}…", style=DISCRET))


def _afficher_la_voie(voie: VoieDeFinancement, sortie: Console) -> None:
    from rich.console import Group  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from binome.cli.affichage import alerte_dite, citations, liste, titre  # noqa: PLC0415

    mot, style = ISSUES[voie.issue]
    tete = titre(voie.titre)
    tete.append(f"  {mot}", style)
    sortie.print(tete)
    connus = [
        f"{MOTS[poste]} : {montant_en_clair(cents)}"
        for poste in POSTES
        if (cents := voie.montants[poste]) is not None
    ]
    if voie.issue != "non":
        sortie.print(Text("  " + (" ; ".join(connus) or "Nos sources ne donnent aucun montant.")))
    dites = [un for un in voie.motifs if voie.issue != "non" or un.etape.issue == "non"]
    elements = [Group(Text(un.texte), citations(un.citations)) for un in dites]
    if voie.issue != "non":
        elements += [alerte_dite(une, voie.sources_de(une)) for une in voie.alertes]
    elements += [Group(Text(un.en_clair(SUITE))) for un in voie.pour_changer]
    if elements:
        sortie.print(liste(elements))


def _resumer(reponse: Financement) -> str:
    nombres = {mot: 0 for mot, _ in ISSUES.values()}
    for voie in reponse.voies:
        nombres[ISSUES[voie.issue][0]] += 1
    return "Pour l’instant : " + ", ".join(f"{nombre} {mot}" for mot, nombre in nombres.items())


SERVICE: Final = Service(
    nom="financer",
    vue=VUE,
    repondre=financer,
    afficher=_afficher,
    resumer=_resumer,
    lignes="Dossiers financés",
)


@click.command(
    name="financer",
    options_metavar="[OPTIONS]",
    help="""Dit qui peut payer la formation : chaque voie, ouverte ou non, pourquoi, ce qui
    l’ouvrirait, et les montants que nos sources donnent.

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
