"""How an answer looks in a terminal: the sentence first, then the picture, then the reasons."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from rich.box import SIMPLE
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.metiers.annonce import barres, forfait, phrase, postes, raisons

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from binome.regles.metiers.positionnement import Positionnement, StatutDeModule
    from binome.regles.motifs import Motif
    from binome.regles.regle import Alerte
    from binome.regles.sources import Citation

LARGEUR: Final = 100
BARRE: Final = 40
ENCRE: Final = "cyan"
CORAIL: Final = "bright_red"
DISCRET: Final = "dim"
FAIBLE: Final = "source peu sûre"
MOTIFS_DE_BARRE: Final[dict[StatutDeModule, tuple[str, str, str]]] = {
    "a_suivre": ("█", ENCRE, "à suivre"),
    "acquis": ("▒", "green", "acquis"),
    "dispense": ("░", "green", "dispensé"),
}


def console(*, erreur: bool = False) -> Console:
    """A console that drops colours and fixes its width when nobody watches."""
    flux = sys.stderr if erreur else sys.stdout
    largeur = None if flux.isatty() else LARGEUR
    return Console(file=flux, width=largeur, highlight=False, soft_wrap=False, emoji=False)


def titre(texte: str) -> Text:
    """A section's title, set apart by a blank line."""
    return Text(f"\n{texte}", style="bold")


def _barres(reponse: Positionnement) -> RenderableType:
    """Hours by bloc; each state has its own pattern and its own word beside it."""
    referentiel = reponse.referentiel
    if referentiel is None or not reponse.modules:
        return Text("")
    plus_long = max(bloc.minutes for bloc in referentiel.blocs)
    tableau = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    for une in barres(reponse):
        barre, mots = Text(), []
        for statut, (motif, style, mot) in MOTIFS_DE_BARRE.items():
            minutes = une.minutes[statut]
            if minutes:
                barre.append(motif * max(1, round(BARRE * minutes / plus_long)), style)
                mots.append(f"{duree_en_clair(minutes)} {mot}")
        tableau.add_row(f"Bloc {une.numero}", barre, ", ".join(mots))
    evaluations = reponse.minutes["evaluations"]
    if evaluations:
        barre = Text("▓" * max(1, round(BARRE * evaluations / plus_long)), "yellow")
        nombre = len(referentiel.epreuves)
        detail = f", {nombre} épreuves" if nombre else ""
        tableau.add_row("Épreuves", barre, f"{duree_en_clair(evaluations)}{detail}")
    en_moins = forfait(reponse)
    if en_moins:
        epreuves = duree_en_clair(reponse.minutes["evaluations_dispensees"] or 0)
        texte = f"{duree_en_clair(en_moins)} de cours et {epreuves} d’épreuves, sans modules nommés"
        tableau.add_row(
            "En moins", Text("░" * max(1, round(BARRE * en_moins / plus_long)), "green"), texte
        )
    return Padding(tableau, (0, 0, 0, 2))


def citations(sources: Sequence[Citation]) -> Text:
    """Where something comes from, small and quiet; a source that weighs little says so."""
    dites = [f"{un} ({FAIBLE})" if un.source.fiabilite == "faible" else str(un) for un in sources]
    return Text(" ; ".join(dites), style=DISCRET)


def liste(elements: Iterable[RenderableType]) -> RenderableType:
    """One bullet per element, wrapped under itself."""
    tableau = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    tableau.add_column(width=3, justify="right")
    tableau.add_column(ratio=1)
    for element in elements:
        tableau.add_row("•", element)
    return tableau


def _raison(motif: Motif) -> RenderableType:
    return Group(Text(motif.texte), citations(motif.citations))


def afficher(reponse: Positionnement, sortie: Console) -> None:
    """Prints a whole answer."""
    if reponse.base.certification.essai:
        sortie.print(Text(f"{reponse.base.certification.nom}.", style=f"bold {CORAIL}"))
    style = f"bold {CORAIL}" if reponse.genre in ("fermee", None) else "bold"
    sortie.print(Text(phrase(reponse), style=style))
    if reponse.referentiel is not None and reponse.au is not None:
        texte = f"Règles du {date_en_clair(reponse.au)} : {reponse.referentiel.titre}."
        sortie.print(Text(texte, style=DISCRET))
    if reponse.modules:
        sortie.print(titre("Les heures"))
        sortie.print(_barres(reponse))
    if dits := postes(reponse):
        sortie.print(titre("Les heures"))
        sortie.print(liste([Text(f"{nom} : {texte}") for nom, texte in dits.items()]))
    sections: list[tuple[str, list[RenderableType]]] = [
        ("Pourquoi", [_raison(motif) for motif in raisons(reponse)]),
        ("À savoir", [_alerte(reponse, rang) for rang in range(len(reponse.alertes))]),
        ("Ce qui changerait la réponse", [Text(un.texte) for un in reponse.pour_changer]),
        ("Il nous manque", [Text(reponse.base.faits[nom].question) for nom in reponse.manquants]),
        ("Les pièces à rassembler", [Text(piece.libelle) for piece in reponse.pieces]),
    ]
    for nom, elements in sections:
        if elements:
            sortie.print(titre(nom))
            sortie.print(liste(elements))
    sortie.print()
    sortie.print(Text(f"Base de règles {reponse.base.empreinte[:19]}…", style=DISCRET))


def _alerte(reponse: Positionnement, rang: int) -> RenderableType:
    alerte = reponse.alertes[rang]
    return alerte_dite(alerte, reponse.sources_de(alerte))


def alerte_dite(alerte: Alerte, sources: Sequence[Citation]) -> Group:
    """An alert, with its rival readings side by side when there are some."""
    if not alerte.lectures:
        return Group(Text(alerte.texte), citations(sources))
    lectures = Table(box=SIMPLE, show_edge=False, pad_edge=False)
    lectures.add_column("Les sources divergent", ratio=3)
    lectures.add_column("Source", ratio=2, style=DISCRET)
    for lecture in alerte.lectures:
        lectures.add_row(lecture.valeur, " ; ".join(str(citation) for citation in lecture.sources))
    return Group(Text(alerte.texte), lectures)
