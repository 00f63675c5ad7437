"""`binome reglages`: every setting, and what holds here; never a secret."""

from __future__ import annotations

import click

from binome.cli.erreurs import TravailImpossible
from binome.reglages.annonce import en_lignes, en_markdown
from binome.reglages.controle import fautes
from binome.reglages.donnees import donnees


@click.command(
    name="reglages", help="Montre les réglages, et ce qui vaut ici. Les secrets sont tus."
)
@click.option(
    "--markdown", is_flag=True, help="La table de la documentation, sans ce qui vaut ici."
)
def commande(markdown: bool) -> None:
    """Prints one line a setting. Raises TravailImpossible when one cannot be."""
    if markdown:
        click.echo(en_markdown(), nl=False)
        return
    lignes = list(en_lignes())
    large = max(len(nom) for nom, _ in lignes)
    for nom, valeur in lignes:
        click.echo(f"{nom:{large}}  {valeur}")
    refuses = fautes()
    if refuses:
        raise TravailImpossible(refuses, code=1)
    click.echo(f"Les données sont dans {donnees()}.")
