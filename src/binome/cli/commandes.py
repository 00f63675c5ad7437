"""The commands, loaded only when called: a first answer must not wait for what it does not use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from binome import __version__
from binome.cli.metavariables import SOUS_COMMANDE, franciser

if TYPE_CHECKING:
    from collections.abc import Mapping

SITE: Final = "site"
"""The extra of the package, and the profile of the launcher, that a command needs beyond the base."""


PROJECTION: Final = "projection"
"""The same, for who counts with NumPy; the site has it too."""


class Commande(NamedTuple):
    """Where a command is, what it does in a line, and what must be installed for it."""

    module: str
    resume: str
    profil: str = "base"


COMMANDES: Final[Mapping[str, Commande]] = {
    "demo": Commande("binome.cli.demo", "Prépare tout et ouvre le site sur cette machine.", SITE),
    "profils": Commande(
        "binome.cli.profils", "Positionne les profils publiés et montre un exemple."
    ),
    "positionner": Commande(
        "binome.cli.positionner",
        "Dit la voie, les heures et pourquoi, pour une personne ou un lot.",
    ),
    "financer": Commande("binome.cli.financer", "Dit qui peut payer la formation, et combien."),
    "aide": Commande("binome.cli.aide", "Dit ce que le contrat d’aide donne, année par année."),
    "echeances": Commande("binome.cli.echeances", "Dit ce qui est dû, et quand."),
    "calendrier": Commande(
        "binome.cli.calendrier", "Pose les jours d’une formation, et dit ceux qu’elle perd."
    ),
    "accrochage": Commande(
        "binome.cli.accrochage", "Déclare des certifications, et relit l’accusé.", SITE
    ),
    "projeter": Commande(
        "binome.cli.projeter",
        "Projette contrats, personnes, entrées et argent, avec ce qu’ils ont d’incertain.",
        PROJECTION,
    ),
    "regles": Commande("binome.cli.regles", "Lit, vérifie, compare et rejoue les règles."),
    "certifications": Commande(
        "binome.cli.certifications", "Liste les certifications dont les règles sont écrites."
    ),
    "taches": Commande("binome.cli.taches", "Dit si une tâche peut être confiée."),
    "ecarts": Commande("binome.cli.ecarts", "Montre ce que les sources disent différemment."),
    "exemples": Commande("binome.cli.exemples", "Remplit une base vide de dossiers fictifs.", SITE),
    "travaux": Commande(
        "binome.cli.travaux", "Scelle les lettres, notifie, rappelle et envoie le courrier.", SITE
    ),
    "contrats": Commande(
        "binome.cli.contrats", "Essaie d’autres règles sur les contrats d’aide.", SITE
    ),
    "dossiers": Commande(
        "binome.cli.dossiers", "Rejoue les dossiers en cours, imprime le registre.", SITE
    ),
    "pilotage": Commande("binome.cli.pilotage", "Relève les indicateurs, et les montre.", SITE),
    "comptes": Commande(
        "binome.cli.comptes", "Ouvre un premier compte, ou retire des facteurs perdus.", SITE
    ),
    "journal": Commande("binome.cli.journal", "Vérifie le journal, raconte un dossier.", SITE),
    "badges": Commande("binome.cli.badges", "Change la clé qui signe les badges.", SITE),
    "reglages": Commande("binome.cli.reglages", "Montre les réglages, et ce qui vaut ici."),
    "diagnostiquer": Commande(
        "binome.cli.diagnostiquer", "Dit de chaque chose qu’elle est bonne, ou que faire.", SITE
    ),
    "base": Commande("binome.cli.base", "Prépare la base de données et ses rôles.", SITE),
    "donnees": Commande("binome.cli.donnees", "Rend définitifs les effacements.", SITE),
    "sauvegarder": Commande(
        "binome.cli.sauvegarder", "Écrit la base et les pièces dans un fichier.", SITE
    ),
    "restaurer": Commande("binome.cli.restaurer", "Remet une sauvegarde dans une base vide.", SITE),
    "sauvegarde-cles": Commande(
        "binome.cli.sauvegarde_cles", "Fait les clés des sauvegardes.", SITE
    ),
    "cloison": Commande("binome.cli.cloison", "Dit ce qui enferme la lecture des fichiers."),
    "serve": Commande("binome.cli.serve", "Sert le site en production.", SITE),
}


class Differees(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands, in the order a newcomer needs them."""
        return list(COMMANDES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDES:
            return super().get_command(ctx, cmd_name)
        commande: click.Command = import_module(COMMANDES[cmd_name].module).commande
        franciser(commande)
        return commande

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing any of them."""
        with formatter.section("Commandes "):
            formatter.write_dl([(nom, une.resume) for nom, une in COMMANDES.items()])


@click.group(
    cls=Differees,
    options_metavar="[OPTIONS]",
    subcommand_metavar=SOUS_COMMANDE,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
def binome() -> None:
    """Binôme : devenir assistant médical ou assistante médicale, les règles expliquées.

    Chaque réponse dit pourquoi, d’après quel texte, à quelle date, et ce qui la changerait.
    """
