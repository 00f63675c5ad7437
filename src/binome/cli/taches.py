"""`binome taches`: may an assistant do this? One line, the condition, the source."""

from __future__ import annotations

from typing import Final

import click
from rich.text import Text

from binome.cli.affichage import DISCRET, citations, console, titre
from binome.cli.erreurs import TravailImpossible
from binome.regles.taches import STATUTS, Tache, chercher, taches

SIGNES: Final = {"permise": "✓", "condition": "◐", "interdite": "✗", "contestee": "?"}
STYLES: Final = {
    "permise": "green",
    "condition": "yellow",
    "interdite": "red",
    "contestee": "magenta",
}


def _montrer(tache: Tache) -> None:
    ecran = console()
    signe = Text(f"{SIGNES[tache.statut]} ", style=STYLES[tache.statut])
    ecran.print(signe + Text(f"{tache.tache} — {STATUTS[tache.statut]}", style="bold"))
    ecran.print(Text(f"  {tache.reponse}"))
    if tache.condition:
        ecran.print(Text(f"  {tache.condition}"))
    ecran.print(Text("  ") + citations(tache.sources))


@click.command(
    name="taches",
    help="""Dit si une tâche peut être confiée à un assistant ou une assistante.

    Exemple : binome taches "prise de sang". Sans question, liste tout le catalogue.""",
)
@click.argument("question", nargs=-1, metavar="[QUESTION]")
def commande(question: tuple[str, ...]) -> None:
    """Answers, or lists the catalogue."""
    texte = " ".join(question)
    if not texte.strip():
        for statut, nom in STATUTS.items():
            console().print(titre(nom.capitalize()))
            for tache in taches():
                if tache.statut == statut:
                    console().print(f"  {SIGNES[statut]} {tache.tache}", style=None)
        return
    trouvees = chercher(texte)
    if not trouvees:
        raise TravailImpossible(
            f"taches : aucune tâche du catalogue ne ressemble à « {texte[:60]} ». "
            "Essayez un autre mot, ou « binome taches » pour la liste. "
            "Une tâche absente du catalogue n’est pas permise pour autant : demandez à la branche.",
            code=1,
        )
    for rang, tache in enumerate(trouvees):
        if rang:
            console().print(Text("", style=DISCRET))
        _montrer(tache)
