"""`binome projeter`: stocks and flows of the scheme, month by month, with their interval and what holds them back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from binome.cli.entrees import lire_chacun, lire_entree_standard
from binome.lots.entrees import lire_octets
from binome.lots.erreurs import TravailImpossible
from binome.objets import ObjetInvalide

if TYPE_CHECKING:
    from binome.projection.lecture import Projection

TITRES: Final = {
    "contrats": "Contrats",
    "personnes": "Personnes en poste",
    "entrees": "Entrées, en tout",
    "certifies": "Certifiées, en tout",
    "euros": "Millions d’euros",
}
COMPTENT: Final = 3
"""Unknowns that are shown: the first of those that widen the interval."""
UN_MILLION: Final = 1_000_000


@click.command(
    name="projeter",
    options_metavar="[OPTIONS]",
    help="""Projette les contrats, les personnes, les entrées en formation, les certifications et l’argent.

    Ce n’est pas une prévision : c’est la suite du comportement et des règles d’une date, avec ses incertitudes.
    Exemple : binome projeter --au 2025-11-30 --jusqu-a 2027-12 --reforme igas-9.
    Avec « --json - », lit un objet JSON (ou un par ligne) et répond de même : au, jusqu_a, reformes, hypotheses,
    famille.""",
)
@click.option(
    "--json",
    "entree_json",
    metavar="FICHIER",
    help="Une demande en JSON, ou une par ligne ; « - » pour l’entrée standard.",
)
@click.option("--au", metavar="DATE", help="Le jour jusqu’où l’on sait, par exemple 2025-11-30.")
@click.option("--jusqu-a", metavar="MOIS", help="Le dernier mois voulu, par exemple 2027-12.")
@click.option(
    "--reforme", "reformes", metavar="NOM", multiple=True, help="Une réforme, par exemple igas-9."
)
@click.option(
    "--hypothese",
    "hypotheses",
    metavar="NOM=NOMBRE",
    multiple=True,
    help="Une hypothèse, par exemple argent_annuel_euros=12000000.",
)
@click.option("--famille", metavar="LETTRE", help="Le compte des contrats : A ou B.")
def commande(entree_json: str | None, **options: Any) -> None:
    """Answers a pipe in JSON, or a person in words."""
    # Not before it is called: NumPy holds threads, and takes its time.
    from binome.projection.demande import lire_demande  # noqa: PLC0415
    from binome.projection.lecture import projeter  # noqa: PLC0415

    if entree_json is not None:
        if any(options.values()):
            raise TravailImpossible("projeter : --json ne va avec aucune autre option")
        octets = lire_entree_standard() if entree_json == "-" else lire_octets(Path(entree_json))
        demandes = lire_chacun(octets, lire_demande)
        lignes = (json.dumps(projeter(une).en_json(), ensure_ascii=False) for une in demandes)
        sys.stdout.write("".join(f"{ligne}\n" for ligne in lignes))
        return
    try:
        demande = lire_demande(_en_objet(options))
    except ObjetInvalide as refus:
        raise TravailImpossible(list(refus.fautes)) from refus
    _montrer(projeter(demande))


def _en_objet(options: dict[str, Any]) -> dict[str, Any]:
    """The request that the options make. Raises TravailImpossible on a hypothesis that cannot be read."""
    posees: dict[str, float] = {}
    for dite in options["hypotheses"]:
        nom, _, nombre = dite.partition("=")
        try:
            posees[nom.strip()] = float(nombre.replace(",", "."))
        except ValueError as erreur:
            raise TravailImpossible(
                "projeter : --hypothese attend un nom et un nombre, par exemple argent_annuel_euros=12000000"
            ) from erreur
    return {
        "au": options["au"],
        "jusqu_a": options["jusqu_a"],
        "reformes": list(options["reformes"]),
        "hypotheses": posees,
        "famille": options["famille"] and options["famille"].strip().upper(),
    }


def _montrer(rendue: Projection) -> None:
    from rich.table import Table  # noqa: PLC0415 - pipes do without it
    from rich.text import Text  # noqa: PLC0415

    from binome.cli.affichage import console, liste, titre  # noqa: PLC0415
    from binome.projection.retro import noter  # noqa: PLC0415
    from binome.projection.sensibilite import sensibilite, titre_d_une_inconnue  # noqa: PLC0415

    ecran, derniers = console(), len(rendue.mois) - 1
    lignes = [n for n, mois in enumerate(rendue.mois) if mois.endswith("-12") or n == derniers]
    ecran.print(titre("Ce qui viendrait, si rien d’autre ne changeait"))
    ecran.print(Text("Le milieu des tirages ; entre crochets, huit tirages sur dix.", style="dim"))
    tableau = Table(box=None, padding=(0, 1))
    tableau.add_column("")
    for numero in lignes:
        tableau.add_column(rendue.mois[numero], justify="right")
    for courbe, nom in TITRES.items():
        trois = rendue.quantiles(courbe)
        tableau.add_row(
            nom,
            *(
                f"{_dit(courbe, trois['p50'][n])} \\[{_dit(courbe, trois['p10'][n])} à {_dit(courbe, trois['p90'][n])}]"
                for n in lignes
            ),
        )
    ecran.print(tableau)
    if rendue.demande.reformes:
        _montrer_l_essai(rendue)
    ecran.print(titre("Ce qui retient les entrées, à la fin"))
    parts = sorted(rendue.contrainte[-1].items(), key=lambda une: -une[1])
    ecran.print(liste(Text(f"{quoi} : {part * 100:.0f} % des tirages") for quoi, part in parts))
    ecran.print(titre("D’où vient l’incertitude sur les entrées"))
    premieres = list(sensibilite(rendue, "entrees").items())[:COMPTENT]
    ecran.print(
        liste(Text(f"{titre_d_une_inconnue(nom)} : {part * 100:.0f} %") for nom, part in premieres)
    )
    score = noter(rendue.demande.famille)
    ecran.print(titre("Ce que vaut cette projection"))
    ecran.print(
        Text(
            f"Faite à la fin de 2022, elle se serait trompée de {score.erreur_moyenne * 100:.0f} % en moyenne sur les contrats "
            f"(une droite, de {score.erreur_moyenne_de_la_droite * 100:.0f} %) ; son intervalle en contient {score.couverts} "
            f"sur {len(score.compares)}."
        )
    )
    ecran.print(titre("D’où viennent les nombres"))
    ecran.print(liste(Text(une) for une in rendue.en_json()["sources"]))


def _montrer_l_essai(rendue: Projection) -> None:
    """What the reforms change at the end, draw by draw, and why."""
    from rich.text import Text  # noqa: PLC0415

    from binome.cli.affichage import console, liste, titre  # noqa: PLC0415
    from binome.projection.essai import essayer_la_reforme  # noqa: PLC0415

    ecran, essai = console(), essayer_la_reforme(rendue.demande)
    ecran.print(titre("Ce que les réformes y changent, à la fin"))
    ecran.print(Text(essai.pourquoi))
    ecran.print(
        liste(
            Text(
                f"{nom} : {_dit(courbe, round(trois['p50']))} [{_dit(courbe, round(trois['p10']))} "
                f"à {_dit(courbe, round(trois['p90']))}] de plus"
            )
            for courbe, nom in TITRES.items()
            for trois in (essai.differences[courbe],)
        )
    )


def _dit(courbe: str, nombre: int) -> str:
    """A number as a person reads it: millions of euros with a decimal, people and contracts by tens."""
    if courbe == "euros":
        return f"{nombre / UN_MILLION:.1f}".replace(".", ",")
    return f"{round(nombre, -1):,}".replace(",", " ")
