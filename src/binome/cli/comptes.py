"""`binome comptes`: the first account of an organisation, and lost second factors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import ouvrir_la_base

if TYPE_CHECKING:
    from datetime import datetime
    from types import ModuleType

JOUR: Final = click.DateTime(formats=["%Y-%m-%d"])


def _exploitation() -> ModuleType:
    ouvrir_la_base()
    from binome.comptes import exploitation  # noqa: PLC0415 - once Django is set up

    return exploitation


@click.group(name="comptes", help="Ouvre, clôt, confirme un compte, ou retire des facteurs perdus.")
def commande() -> None:
    """The accounts, for who holds the server."""


@commande.command(
    name="ouvrir", help="Crée une organisation et la première personne qui l’administre."
)
@click.option("--genre", required=True, help="branche, organisme, cabinet, soutien…")
@click.option("--organisation", required=True, help="Son nom.")
@click.option("--courriel", required=True, help="L’adresse de la personne.")
@click.option("--prenom", required=True)
@click.option("--nom", required=True)
@click.option(
    "--certification", default="", metavar="CODE", help="Ce qu’une branche délivre ; le CQP sinon."
)
@click.option("--identifiant", default="", help="Le SIRET d’un groupement.")
def ouvrir(
    genre: str,
    organisation: str,
    courriel: str,
    prenom: str,
    nom: str,
    certification: str,
    identifiant: str,
) -> None:
    """Prints where the person chooses a password."""
    exploitation = _exploitation()
    from binome.comptes.services import ChangementImpossible  # noqa: PLC0415 - once Django is set up
    from binome.socle.adresse_du_site import adresse_entiere  # noqa: PLC0415 - the same

    try:
        personne = exploitation.ouvrir(
            genre,
            organisation,
            courriel,
            prenom=prenom,
            nom=nom,
            certification=certification,
            identifiant=identifiant,
        )
    except ChangementImpossible as impossible:
        raise TravailImpossible(str(impossible)) from impossible
    click.echo(f"{organisation} est ouverte ; {personne} l’administre.")
    lien = exploitation.lien_de_mot_de_passe(personne)
    if lien:
        click.echo("Donnez-lui ce lien, valable une heure, pour choisir son mot de passe :")
        click.echo(adresse_entiere(lien))


@commande.command(
    name="facteurs-perdus", help="Retire les seconds facteurs d’une personne qui les a perdus."
)
@click.argument("courriel")
@click.option("--motif", required=True, help="Comment vous avez vérifié qui demande.")
def perdus(courriel: str, motif: str) -> None:
    """Takes them away, with a reason that the journal keeps."""
    exploitation = _exploitation()
    from binome.comptes.services import ChangementImpossible  # noqa: PLC0415 - once Django is set up

    try:
        nombre = exploitation.facteurs_perdus(courriel, motif)
    except ChangementImpossible as impossible:
        raise TravailImpossible(str(impossible)) from impossible
    click.echo(f"Retirés : {nombre}. Un courriel le dit à la personne.")


@commande.command(name="clore", help="Clôt un compte et efface de qui il était.")
@click.argument("courriel")
@click.option(
    "--motif", required=True, help="Pourquoi, sans nommer personne : le journal le garde."
)
def clore(courriel: str, motif: str) -> None:
    """Closes an account, for a reason that stays."""
    exploitation = _exploitation()
    from binome.comptes.models import Personne  # noqa: PLC0415 - once Django is set up
    from binome.comptes.services import ChangementImpossible  # noqa: PLC0415 - the same
    from binome.conservation.cloture import clore_le_compte  # noqa: PLC0415 - the same
    from binome.socle.ecrit_d_avance import vider_le_journal_de_sqlite  # noqa: PLC0415 - the same

    personne = Personne.objects.filter(courriel=courriel.strip().lower(), is_active=True).first()
    if personne is None:
        raise TravailImpossible("Aucun compte ouvert n’a cette adresse.")
    try:
        clore_le_compte(personne, auteur=exploitation.AUTEUR, motif=motif)
    except ChangementImpossible as impossible:
        raise TravailImpossible(str(impossible)) from impossible
    vider_le_journal_de_sqlite()
    click.echo(f"Le compte n° {personne.pk} est clos. Son nom et son adresse sont effacés.")


@commande.command(
    name="confirmer-cabinet",
    help="Tient le numéro d’un cabinet pour prouvé : tous les organismes l’associent alors.",
)
@click.argument("identifiant")
@click.option("--courriel", required=True, help="L’adresse de la personne qui en répond.")
@click.option("--motif", required=True, help="Comment vous avez vérifié qui répond.")
def confirmer(identifiant: str, courriel: str, motif: str) -> None:
    """Confirms, with a reason that the journal keeps."""
    exploitation = _exploitation()
    from binome.comptes.services import ChangementImpossible  # noqa: PLC0415 - once Django is set up

    try:
        cabinet = exploitation.confirmer_cabinet(identifiant, courriel, motif)
    except ChangementImpossible as impossible:
        raise TravailImpossible(str(impossible)) from impossible
    click.echo(f"{cabinet} est confirmé sous le numéro {identifiant}.")


@commande.command(
    name="groupement",
    help="Fait entrer un cabinet confirmé dans un groupement, ou l’en fait sortir.",
)
@click.argument("nom")
@click.option("--cabinet", required=True, help="Son SIRET ou son RPPS, confirmé.")
@click.option("--du", type=JOUR, help="Son premier jour dans le groupement.")
@click.option("--au", type=JOUR, help="Son dernier jour.")
def groupement(nom: str, cabinet: str, du: datetime | None, au: datetime | None) -> None:
    """Says who is a member, from a day to a day."""
    _exploitation()
    from binome.comptes.services import ChangementImpossible  # noqa: PLC0415 - once Django is set up
    from binome.emplois.exploitation import ranger  # noqa: PLC0415 - the same

    try:
        adhesion = ranger(
            nom, cabinet, du=None if du is None else du.date(), au=None if au is None else au.date()
        )
    except ChangementImpossible as impossible:
        raise TravailImpossible(str(impossible)) from impossible
    quand = "en est membre" if au is None else f"n’en est plus membre après le {au:%d/%m/%Y}"
    click.echo(f"{adhesion.groupement} : {adhesion.membre} {quand}.")
