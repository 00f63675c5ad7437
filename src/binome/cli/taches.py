"""`binome taches`: may an assistant do this? Each gesture by its name, the condition, the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from rich.text import Text

from binome.cli.affichage import DISCRET, citations, console, titre
from binome.cli.erreurs import TravailImpossible
from binome.regles.recherche import chercher
from binome.regles.taches import STATUTS, Tache, taches

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def _proposer(propositions: Sequence[Tache]) -> None:
    """Neighbours by their names alone: what does not answer shows neither sign nor yes nor no."""
    console().print(Text("Vouliez-vous dire…", style="bold"))
    for tache in propositions:
        console().print(f"  · {tache.tache} : binome taches {tache.code}", style=None)
    console().print(
        Text(
            "  Si aucune n’est votre geste, demandez à la branche avant de le confier.",
            style=DISCRET,
        )
    )


@click.command(
    name="taches",
    help="""Dit si une tâche peut être confiée à un assistant ou une assistante.

    Exemple : binome taches "prise de sang". Chaque geste est nommé avec sa réponse ; ce qui ressemble
    seulement est proposé, sans réponse. Sans question, liste tout le catalogue.""",
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
    if not trouvees.reponses and not trouvees.propositions:
        raise TravailImpossible(
            f"taches : aucune tâche du catalogue ne ressemble à « {texte[:60]} ». "
            "Essayez un autre mot, ou « binome taches » pour la liste. "
            "Une tâche absente du catalogue n’est pas permise pour autant : demandez à la branche.",
            code=1,
        )
    for rang, tache in enumerate(trouvees.reponses):
        if rang:
            console().print(Text("", style=DISCRET))
        _montrer(tache)
    if trouvees.propositions:
        if trouvees.reponses:
            console().print(Text("", style=DISCRET))
        _proposer(trouvees.propositions)
