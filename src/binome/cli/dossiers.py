"""`binome dossiers`: the live dossiers under other rules."""

from __future__ import annotations

from pathlib import Path

import click

from binome.cli.affichage import console, titre
from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import brancher, ouvrir_la_base
from binome.regles.courante import code_par_defaut
from binome.regles.lecture import BaseInvalide
from binome.systeme import raison


@click.group(name="dossiers", help="Rejoue les dossiers en cours, imprime le registre.")
def commande() -> None:
    """The commands about dossiers."""


@commande.command(
    help="Dit qui gagnerait et qui perdrait sous une autre base. Aucun dossier n’est modifié."
)
@click.option(
    "--base",
    "designation",
    required=True,
    metavar="BASE",
    help="La base à essayer (dossier, export, courante+igas-8).",
)
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Écrit les dossiers qui changent dans un fichier CSV.",
)
def rejouer(designation: str, export: Path | None) -> None:
    """Replays the live dossiers and prints the outcome."""
    ouvrir_la_base()
    from binome.dossiers.bases import base_de  # noqa: PLC0415 - the same
    from binome.regles.metiers.reponse import voies_dites  # noqa: PLC0415 - once Django is set up
    from binome.rejeux.comparer import GROUPES  # noqa: PLC0415 - the same
    from binome.rejeux.services import rejouer as rejouer_les_dossiers  # noqa: PLC0415
    from binome.rejeux.views import en_csv  # noqa: PLC0415

    try:
        resultat = rejouer_les_dossiers(designation)
    except BaseInvalide as erreur:
        raise TravailImpossible(f"dossiers rejouer : {erreur}") from erreur
    bilan, voies = resultat.bilan, voies_dites(base_de(code_par_defaut()))
    ecran = console()
    ecran.print(f"Dossiers en cours rejoués : {resultat.lus}. Changent : {resultat.lignes.height}.")
    for nom, mot in GROUPES.items():
        if bilan["groupes"][nom]:
            ecran.print(f"  {bilan['groupes'][nom]} : {mot}")
    for de, vers, nombre in bilan["passages"]:
        if de != vers:
            ecran.print(f"  {nombre} : {voies.get(de, de)} → {voies.get(vers, vers)}")
    if bilan["par_regles"]:
        ecran.print(titre("À cause de"))
    for ensemble, nombre in bilan["par_regles"]:
        ecran.print(f"  {nombre} : {ensemble.replace(';', ', ') or 'une durée ou un barème'}")
    if bilan["decides"]:
        ecran.print(f"Déjà décidés : {bilan['decides']}. La décision garde sa base.")
    if export is not None:
        try:
            export.write_text(en_csv(resultat.lignes), encoding="utf-8")
        except OSError as erreur:
            raise TravailImpossible(f"{export} : {raison(erreur, ecriture=True)}") from erreur
        ecran.print(f"Écrit dans {export}.")


@commande.command(help="Imprime le registre des traitements et les durées de conservation.")
def registre() -> None:
    """Prints the register, in Markdown."""
    brancher()
    from binome.conservation.traitements import registre_en_markdown  # noqa: PLC0415 - the same

    click.echo(registre_en_markdown(), nl=False)


@commande.command(
    name="effacer-de-nouveau",
    help="Refait, après une restauration, les effacements d’un registre gardé ailleurs.",
)
@click.argument(
    "registre", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
def effacer_de_nouveau(registre: Path | None) -> None:
    """Erases again; run twice, it does nothing twice."""
    ouvrir_la_base()
    from binome.cli.restaurer import refaire_les_effacements  # noqa: PLC0415 - once Django is set up

    click.echo(refaire_les_effacements(registre))
