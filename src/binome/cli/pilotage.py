"""`binome pilotage`: takes a reading of the indicators, shows one."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import brancher_a_la_base, ouvrir_la_base

if TYPE_CHECKING:
    from binome.pilotage.perimetres import Perimetre


@click.group(name="pilotage", help="Relève les indicateurs, et les montre.")
def commande() -> None:
    """The commands about indicators."""


@commande.command(
    help="Relève tous les indicateurs, et garde le relevé pour toujours. Sans --au : jusqu’à la fin du mois dernier."
)
@click.option("--au", metavar="DATE", help="Le dernier jour compté, par exemple 2026-10-31.")
def relever(au: str | None) -> None:
    """Takes a reading, whether or not the day has one already."""
    ouvrir_la_base()
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from binome.pilotage.relever import fin_du_mois_dernier  # noqa: PLC0415 - the same
    from binome.pilotage.relever import relever as relever_les_indicateurs  # noqa: PLC0415

    jour = fin_du_mois_dernier() if au is None else _un_jour(au)
    if jour > timezone.localdate():
        raise TravailImpossible(f"pilotage relever : « {au} » n’est pas encore passé")
    releve = relever_les_indicateurs(jour)
    click.echo(f"Relevé n° {releve.pk}, au {jour.isoformat()} : {releve.mesures.count()} mesures.")


@commande.command(help="Montre ce que le dernier relevé a compté d’un périmètre.")
@click.option(
    "--ou",
    default="france:FR",
    metavar="PÉRIMÈTRE",
    help="Par exemple france:FR, region:53, departement:35, organisme:12.",
)
@click.option("--mois", default="", metavar="MOIS", help="Le mois voulu, par exemple 2026-10.")
@click.option("--json", "en_json", is_flag=True, help="Les mêmes lignes que la page, en JSON.")
def montrer(ou: str, mois: str, en_json: bool) -> None:
    """Prints the measures of a perimeter: those of the pages, masks included."""
    brancher_a_la_base()
    from binome.pilotage.dire_une_mesure import pourquoi_dit, valeur_dite  # noqa: PLC0415
    from binome.pilotage.indicateurs.tous import INDICATEURS  # noqa: PLC0415
    from binome.pilotage.lecture import en_lignes, releves_du_mois, serie  # noqa: PLC0415

    perimetre = _un_perimetre(ou)
    codes = [code for code, un in INDICATEURS.items() if perimetre.genre in un.genres]
    lue = serie(releves_du_mois(mois), perimetre, codes)
    if lue.dernier is None:
        raise TravailImpossible("pilotage montrer : aucun relevé n’est fait pour ce mois")
    if en_json:
        click.echo(json.dumps({"mesures": en_lignes(lue, perimetre, codes)}, ensure_ascii=False))
        return
    click.echo(f"{ou}, au {lue.dernier.au.isoformat()} (relevé n° {lue.dernier.pk})")
    for code in codes:
        mesure = lue.mesure(code)
        valeur = None if mesure is None else mesure.valeur
        dite = (
            pourquoi_dit(mesure) if valeur is None else valeur_dite(valeur, INDICATEURS[code].unite)
        )
        click.echo(f"  {INDICATEURS[code].nom} : {dite}")


def _un_jour(dit: str) -> date:
    """A day. Raises TravailImpossible."""
    try:
        return date.fromisoformat(dit)
    except ValueError as erreur:
        raise TravailImpossible(
            f"pilotage relever : « {dit} » n’est pas une date ; écrivez 2026-10-31"
        ) from erreur


def _un_perimetre(dit: str) -> Perimetre:
    """A perimeter. Raises TravailImpossible."""
    from binome.pilotage.perimetres import GenreDePerimetre, Perimetre  # noqa: PLC0415

    genre, _, code = dit.partition(":")
    if genre not in GenreDePerimetre.values or not code:
        permis = ", ".join(GenreDePerimetre.values)
        raise TravailImpossible(
            f"pilotage montrer : « {dit} » n’est pas un périmètre ; une sorte ({permis}), deux-points, un code"
        )
    return Perimetre(genre, code)
