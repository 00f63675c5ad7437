"""`binome profils`: the published profiles positioned, then one answer in full."""

from __future__ import annotations

import click
from rich.table import Table
from rich.text import Text

from binome.cli.affichage import DISCRET, afficher, console, titre
from binome.cli.erreurs import TravailImpossible
from binome.regles.calendrier import duree_en_clair
from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from binome.regles.profils import series

EXEMPLE = {
    "date_entree": "2026-01-15",
    "diplomes": [],
    "niveau_diplome": 3,
    "experience_secretaire_mois": 20,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
    "contrat": "cdi",
}


@click.command(
    name="profils",
    help="Positionne les profils que les sources publient, et montre une réponse entière.",
)
def commande() -> None:
    """Prints published against computed durations, then one whole answer."""
    base, ecran = base_courante(), console()
    faux = 0
    ecran.print(
        Text("Binôme", style="bold") + Text(" · les profils publiés, recalculés par les règles")
    )
    for serie in series():
        ecran.print(titre(serie.titre))
        ecran.print(Text(f"  {serie.source}", style=DISCRET))
        tableau = Table(box=None, show_header=False, padding=(0, 1))
        tableau.add_column(width=62)
        tableau.add_column(justify="right", width=10)
        tableau.add_column(justify="right", width=10)
        tableau.add_column()
        for profil in serie.profils:
            total = positionner(base, base.lire(profil.objet)).minutes["total"]
            juste = total == profil.publie
            faux += not juste
            calcule = "inconnue" if total is None else duree_en_clair(total)
            signe = Text("✓", style="green") if juste else Text("✗", style="red")
            tableau.add_row(profil.nom, duree_en_clair(profil.publie), calcule, signe)
        ecran.print(tableau)
    ecran.print(
        titre("Un exemple : secrétaire sans titre, vingt mois au poste, entrée en janvier 2026")
    )
    ecran.print(Text("  (cas inventé pour la démonstration)\n", style=DISCRET))
    afficher(positionner(base, base.lire(EXEMPLE)), ecran)
    ecran.print()
    ecran.print(Text("À vous : ./binome positionner", style="bold"))
    if faux:
        raise TravailImpossible(f"{faux} durées publiées ne sont pas retrouvées", code=1)
