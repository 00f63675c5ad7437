"""`binome contrats`: the aid contracts under other rules."""

from __future__ import annotations

from typing import Final

import click

from binome.cli.affichage import console
from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import ouvrir_la_base
from binome.regles.calendrier import montant_en_clair
from binome.regles.courante import ouvrir
from binome.regles.lecture import BaseInvalide
from binome.typographie import compter

MONTRES: Final = 20
"""Contracts named, at most: those that change most."""


@click.group(name="contrats", help="Essaie d’autres règles sur les contrats d’aide.")
def commande() -> None:
    """The commands about aid contracts."""


@commande.command(
    help="Dit qui gagnerait et qui perdrait sous une autre base. Aucun contrat n’est modifié."
)
@click.option(
    "--base", "designation", required=True, metavar="BASE",
    help="La base à essayer (dossier, export, courante+igas-8).",
)  # fmt: skip
def essayer(designation: str) -> None:
    """Counts every contract under a base, writes nothing, and prints the outcome."""
    ouvrir_la_base()
    from binome.contrats_d_aide.recompter import essayer as essayer_les_contrats  # noqa: PLC0415 - once Django is set up

    try:
        trouve = essayer_les_contrats(ouvrir(designation))
    except BaseInvalide as erreur:
        raise TravailImpossible(f"contrats essayer : {erreur}") from erreur
    ecran = console()
    ecran.print(
        f"{compter(trouve.lus, 'contrat compté', 'contrats comptés')}, {compter(trouve.horloges, 'échéance déplacée', 'échéances déplacées')}. "
        f"Gagnent : {len(trouve.gagnent)}. Perdent : {len(trouve.perdent)}. Sans certitude : {len(trouve.incertains)}."
    )
    connus = {n: (a, b) for n, (a, b) in trouve.argent.items() if a is not None and b is not None}
    difference = sum(apres - avant for avant, apres in connus.values())
    if connus:
        ecran.print(f"De différence en cinq ans, au plus : {montant_en_clair(difference)}.")
    for numero, (avant, apres) in sorted(connus.items(), key=lambda un: un[1][1] - un[1][0])[
        :MONTRES
    ]:
        ecran.print(f"  contrat {numero} : {montant_en_clair(avant)} → {montant_en_clair(apres)}")
