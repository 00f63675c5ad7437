"""`binome certifications`: the certifications whose rules are written, and what each answers."""

from __future__ import annotations

import click
from rich.text import Text

from binome.cli.affichage import DISCRET, console
from binome.regles.courante import base_courante, certifications


@click.command(
    name="certifications",
    help="Liste les certifications dont les règles sont écrites, et à quoi chacune répond.",
)
def commande() -> None:
    """One certification after the other, the one by default first."""
    sortie = console()
    for code, une in certifications().items():
        base = base_courante(certification=code).entiere
        sortie.print(Text(code, style="bold"))
        sortie.print(Text(f"  {une.titre}"))
        if une.essai:
            sortie.print(Text(f"  Certification {une.essai} : n’en tirez aucune décision."))
        if une.par_defaut:
            sortie.print(Text("  Celle qui répond quand aucune n’est nommée."))
        titres = ", ".join(vue.titre[:1].lower() + vue.titre[1:] for vue in base.vues.values())
        detail = f"  {len(base.regles)} règles : {titres}. Base {base.empreinte[:19]}…"
        sortie.print(Text(detail, style=DISCRET))
