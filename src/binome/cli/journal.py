"""`binome journal`: whether the chain holds, its anchors, and the whole story of one dossier."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from django.db import DatabaseError

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import brancher_a_la_base
from binome.systeme import raison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.journal.confrontation import Confrontation


@click.group(
    name="journal", help="Vérifie le journal, l’ancre hors de la base, raconte un dossier."
)
def commande() -> None:
    """The commands about the journal."""


def _lire_ancre(texte: str) -> tuple[int, str]:
    rang, _, empreinte = texte.strip().partition(":")
    if not rang.isdecimal() or len(empreinte) != 64:
        raise TravailImpossible(
            "journal verifier : l’ancre s’écrit RANG:EMPREINTE, comme la commande l’imprime."
        )
    return int(rang), empreinte


@contextmanager
def _pannes_dites() -> Iterator[None]:
    """Says what cannot be read, or what does not hold. Raises TravailImpossible."""
    from binome.journal.ancres import AncresAbimees, chemin  # noqa: PLC0415 - once Django is set up
    from binome.journal.confrontation import JournalRompu  # noqa: PLC0415 - the same
    from binome.socle.empechements import PLEIN, empechement  # noqa: PLC0415 - the same

    try:
        yield
    except JournalRompu as erreur:
        raise TravailImpossible(
            f"{erreur} Gardez cette base telle quelle, et comparez-la à une sauvegarde. "
            "Si vous venez de restaurer une sauvegarde plus ancienne que l’ancre, "
            "docs/journal.md dit comment repartir.",
            code=1,
        ) from erreur
    except AncresAbimees as erreur:
        raise TravailImpossible(str(erreur), code=1) from erreur
    except DatabaseError as erreur:
        raise TravailImpossible(
            "Le journal ne se lit pas : vérifiez DATABASE_URL et BINOME_DONNEES.", code=3
        ) from erreur
    except OSError as erreur:
        if empechement(erreur) is PLEIN:
            raise  # told by its own name, like any refusal of the machine
        raise TravailImpossible(
            f"{erreur.filename or chemin()} : {raison(erreur)}. Vérifiez BINOME_ANCRES, BINOME_EFFACEMENTS "
            "et BINOME_HORODATAGE_RACINE.",
            code=3,
        ) from erreur


@commande.command(
    help="Relit toute la chaîne, face aux ancres gardées ; dit où elle se rompt, et sort alors avec le code 1."
)
@click.option(
    "--ancre",
    metavar="RANG:EMPREINTE",
    help="Une fin de chaîne notée ailleurs, à confronter en plus des ancres gardées.",
)
def verifier(ancre: str | None) -> None:
    """Reads every link, against every anchor kept; prints the head, to be kept elsewhere as another."""
    brancher_a_la_base()
    from binome.journal.ancres import en_texte  # noqa: PLC0415 - once Django is set up
    from binome.journal.confrontation import confronter  # noqa: PLC0415 - the same

    autres = [] if ancre is None else [_lire_ancre(ancre)]
    with _pannes_dites():
        confrontation = confronter(autres)
    click.echo(f"La chaîne tient : {confrontation.tete[0]} entrées.")
    for ligne in _dire_les_ancres(confrontation):
        click.echo(ligne)
    click.echo(f"Ancre à garder ailleurs : {en_texte(confrontation.tete)}")


def _dire_les_ancres(confrontation: Confrontation) -> list[str]:
    """The anchors kept, those that nobody stamped, and the days without one."""
    from binome.journal.ancres import NON_HORODATE, chemin  # noqa: PLC0415 - once Django is set up

    gardees = confrontation.gardees
    if not gardees:
        return [
            f"Aucune ancre dans {chemin()} : une chaîne coupée ou refaite ne se voit pas. "
            "Posez-en une : binome journal ancrer."
        ]
    sans = sum(une.horodatage == NON_HORODATE for une in gardees)
    non_lues = sum(une.horodatee_le is None for une in gardees) - sans
    lignes = [
        f"Ancres : {len(gardees)}, la dernière du {gardees[-1].jour.isoformat()} ; non horodatées : {sans}."
    ]
    if non_lues:
        lignes.append(
            f"Horodatages non vérifiés : {non_lues}. Donnez BINOME_HORODATAGE_RACINE pour les vérifier."
        )
    if confrontation.jours_sans:
        debut, fin = confrontation.jours_sans[0], confrontation.jours_sans[-1]
        lignes.append(
            f"Jours sans ancre : {len(confrontation.jours_sans)}, "
            f"du {debut.isoformat()} au {fin.isoformat()}."
        )
    return lignes


@commande.command(help="Note la fin de la chaîne hors de la base, comme les travaux chaque jour.")
def ancrer() -> None:
    """Writes an anchor now, even if the day has one, and mails it."""
    brancher_a_la_base()
    from binome.courrier.ancrage import envoyer  # noqa: PLC0415 - once Django is set up
    from binome.journal.ancres import (  # noqa: PLC0415 - the same
        NON_HORODATE,
        chemin,
        en_texte,
        poser,
    )

    with _pannes_dites():
        ancre = poser()
        envoyer(ancre)
    dit = "non horodatée" if ancre.horodatage == NON_HORODATE else "horodatée"
    click.echo(f"Ancre {en_texte(ancre.tete)}, {dit}, notée dans {chemin()}.")


@commande.command(
    help="Compare au journal chaque ligne des tables dont il parle ; une ligne par différence, et le code 1."
)
def reconcilier() -> None:
    """Names what was changed without a gesture; changes nothing."""
    brancher_a_la_base()
    from binome.diagnostic.reconciliation import differences  # noqa: PLC0415 - once Django is set up

    nombre = 0
    try:
        for difference in differences():
            nombre += 1
            click.echo(str(difference))
    except DatabaseError as erreur:
        raise TravailImpossible(
            "La base ne se lit pas : vérifiez DATABASE_URL et BINOME_DONNEES.", code=3
        ) from erreur
    if nombre:
        raise TravailImpossible(
            f"Différences entre la base et le journal : {nombre}. Quelqu’un a pu écrire dans la base sans "
            "passer par le site : n’y touchez plus, et cherchez qui. Si vous venez d’installer une "
            "version et que chaque ligne dit « aucune entrée ne le dit », ce sont des colonnes nouvelles : "
            "« binome journal inventorier --oui » en répond.",
            code=1,
        )
    click.echo("Dossiers, décisions, personnes et rôles sont tels que le journal les dit.")


@commande.command(
    help="Inscrit au journal les lignes dont il ne dit rien : une fois, après la mise à jour d’une base d’avant."
)
@click.option("--oui", is_flag=True, help="Vous répondez de ce qui est dans la base.")
def inventorier(oui: bool) -> None:
    """Vouches for what is there: the journal says that it was an inventory."""
    brancher_a_la_base()
    from binome.comptes.exploitation import AUTEUR  # noqa: PLC0415 - once Django is set up
    from binome.journal.inventaire import inventorier as inscrire  # noqa: PLC0415 - the same

    if not oui:
        raise TravailImpossible(
            "Le journal tiendra pour vrai ce que la base contient maintenant. "
            "Si vous en répondez : binome journal inventorier --oui."
        )
    try:
        nombre = inscrire(auteur=AUTEUR)
    except DatabaseError as erreur:
        raise TravailImpossible(
            "La base ne se lit pas : vérifiez DATABASE_URL et BINOME_DONNEES.", code=3
        ) from erreur
    click.echo(f"Lignes inscrites au journal : {nombre}.")


@commande.command(help="Raconte un dossier, entrée par entrée.")
@click.argument("reference")
@click.option("--json", "en_json", is_flag=True, help="En JSON, avec les empreintes.")
def histoire(reference: str, en_json: bool) -> None:
    """Prints every entry about a dossier, personal values included where their key still exists."""
    brancher_a_la_base()
    from binome.journal.histoire import histoire as histoire_de  # noqa: PLC0415 - once Django is set up

    try:
        entrees = histoire_de(f"dossier:{reference}")
    except DatabaseError as erreur:
        raise TravailImpossible(
            "Le journal ne se lit pas : vérifiez DATABASE_URL et BINOME_DONNEES.", code=3
        ) from erreur
    if not entrees:
        raise TravailImpossible(f"Le journal ne connaît pas de dossier « {reference} ».")
    if en_json:
        click.echo(json.dumps(entrees, ensure_ascii=False, indent=2))
        return
    click.echo(f"Dossier {reference} : {len(entrees)} entrées (heures UTC)")
    for une in entrees:
        for ligne in _raconter(une):
            click.echo(ligne)


@commande.command(
    help="Écrit la preuve d’une entrée (son rang), ou de toutes celles d’un objet (dossier:REFERENCE…), en JSON."
)
@click.argument("quoi", metavar="OBJET|RANG")
def prouver(quoi: str) -> None:
    """Writes on the standard output what the stand-alone verifier takes; what waits for its root is told beside."""
    brancher_a_la_base()
    from binome.journal.models import Entree  # noqa: PLC0415 - once Django is set up
    from binome.journal.prouver import PreuveImpossible  # noqa: PLC0415 - the same
    from binome.journal.prouver import prouver as prouver_les_entrees  # noqa: PLC0415 - the same

    voulues = {"rang": int(quoi)} if quoi.isdecimal() and quoi.isascii() else {"objet": quoi}
    try:
        entrees = list(Entree.objects.filter(**voulues).order_by("rang"))
        if not entrees:
            raise TravailImpossible(f"Le journal ne connaît pas « {quoi} ».")
        lues = prouver_les_entrees(entrees)
    except PreuveImpossible as erreur:
        raise TravailImpossible(str(erreur), code=1) from erreur
    except (DatabaseError, OverflowError) as erreur:
        raise TravailImpossible(
            "Le journal ne se lit pas : vérifiez DATABASE_URL et BINOME_DONNEES.", code=3
        ) from erreur
    if lues.en_attente:
        click.echo(
            "Pas encore publiées, la racine du jour les prendra (ou binome journal ancrer) : "
            f"{', '.join(map(str, lues.en_attente))}.",
            err=True,
        )
    if not lues.preuves:
        raise TravailImpossible("Rien à prouver avant la prochaine racine.", code=1)
    click.echo(lues.en_json(), nl=False)


@commande.command(
    help="Écrit toutes les annonces et leurs horodatages, comme la page « Les preuves » les publie."
)
def publier() -> None:
    """Writes on the standard output what the public page gives."""
    brancher_a_la_base()
    from binome.journal.prouver import publiees  # noqa: PLC0415 - once Django is set up

    with _pannes_dites():
        click.echo(publiees(), nl=False)


def _raconter(une: dict[str, Any]) -> list[str]:
    """One entry in lines."""
    pour = f", à la place de {une['pour']}" if une["pour"] else ""
    instant = une["instant"][:19].replace("T", " ")
    lignes = [f"{une['rang']}. {instant} {une['geste']}, par {une['auteur']}{pour}"]
    if une["motif"]:
        lignes.append(f"   Motif : {une['motif']}")
    lignes += [
        f"   {mot} : {json.dumps(une[cle], ensure_ascii=False, sort_keys=True)}"
        for cle, mot in (("avant", "Avant"), ("apres", "Après"), ("prive", "Valeurs personnelles"))
        if une[cle]
    ]
    if une["prive"] is None:
        lignes.append("   Valeurs personnelles : effacées")
    return lignes
