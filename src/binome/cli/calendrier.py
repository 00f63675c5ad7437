"""`binome calendrier`: the days of a run of training, those it loses and why, the pairs of days compared."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from binome.agenda.calendrier import PAIRES_COMPAREES, calendrier, paires
from binome.agenda.demande import DemandeInvalide, lire_demande
from binome.agenda.jours import semaine
from binome.cli.entrees import FautesDUnObjet, lire_chacun, lire_entree_standard
from binome.lots.entrees import lire_octets
from binome.lots.erreurs import TravailImpossible
from binome.regles.calendrier import date_en_clair, duree_en_clair, lire_duree

if TYPE_CHECKING:
    from binome.agenda.calendrier import CalendrierPose, DemandeDeCalendrier


@click.command(
    name="calendrier",
    options_metavar="[OPTIONS]",
    help="""Pose les jours d’une formation : chaque jour perdu et pourquoi, et ce que d’autres jours de la
    semaine changeraient.

    Exemple : binome calendrier --debut 2027-01-11 --heures 279 --jours mardi,mercredi --zone A.
    Avec « --json - », lit un objet JSON (ou un par ligne) et répond de même : debut, minutes, jours,
    minutes_par_jour, zone ou departement.""",
)
@click.option(
    "--json",
    "entree_json",
    metavar="FICHIER",
    help="Une demande en JSON, ou une par ligne ; « - » pour l’entrée standard.",
)
@click.option("--debut", metavar="DATE", help="Le premier jour possible, par exemple 2027-01-11.")
@click.option(
    "--heures", metavar="DURÉE", help="Ce qu’il faut suivre, par exemple 279 ou « 12 h 30 »."
)
@click.option(
    "--jours", metavar="JOURS", help="Les jours de la semaine, par exemple mardi,mercredi."
)
@click.option("--par-jour", metavar="DURÉE", help="La durée d’une journée ; sinon 7 h.")
@click.option("--zone", metavar="LETTRE", help="La zone des vacances scolaires : A, B ou C.")
@click.option("--departement", metavar="NUMÉRO", help="Le département, par exemple 53, 2A ou 974.")
def commande(entree_json: str | None, **options: str | None) -> None:
    """Answers a pipe in JSON, or a person in words."""
    if entree_json is not None:
        if any(valeur is not None for valeur in options.values()):
            raise TravailImpossible("calendrier : --json ne va avec aucune autre option")
        octets = lire_entree_standard() if entree_json == "-" else lire_octets(Path(entree_json))
        demandes = lire_chacun(octets, _demande)
        lignes = (json.dumps(calendrier(une).en_json(), ensure_ascii=False) for une in demandes)
        sys.stdout.write("".join(f"{ligne}\n" for ligne in lignes))
        return
    try:
        demande = lire_demande(_en_objet(options))
    except DemandeInvalide as invalide:
        raise TravailImpossible(list(invalide.fautes)) from invalide
    _montrer(calendrier(demande))


def _demande(objet: dict[str, Any]) -> DemandeDeCalendrier:
    try:
        return lire_demande(objet)
    except DemandeInvalide as invalide:
        raise FautesDUnObjet(invalide.fautes) from invalide


def _en_objet(options: dict[str, str | None]) -> dict[str, Any]:
    """The request that the options make. Raises TravailImpossible on a duration that cannot be read."""
    objet: dict[str, Any] = {
        "debut": options["debut"],
        "zone": options["zone"] and options["zone"].strip().upper(),
        "departement": options["departement"],
        "minutes": _duree("--heures", options["heures"]),
        "minutes_par_jour": _duree("--par-jour", options["par_jour"]),
        "jours": options["jours"] and options["jours"].split(","),
    }
    return {nom: valeur for nom, valeur in objet.items() if valeur is not None}


def _duree(option: str, texte: str | None) -> int | None:
    if texte is None:
        return None
    dite = texte.strip()
    try:
        return lire_duree(f"{dite} h" if dite.isdecimal() else dite)
    except ValueError as erreur:
        raise TravailImpossible(
            f"calendrier : {option} attend une durée, par exemple 279 ou « 12 h 30 »"
        ) from erreur


def _montrer(reponse: CalendrierPose) -> None:
    from rich.text import Text  # noqa: PLC0415 - pipes do without it

    from binome.cli.affichage import console, liste, titre  # noqa: PLC0415

    ecran, demande = console(), reponse.demande
    if reponse.fin is not None:
        nombre = len(reponse.jours)
        jours = f"{nombre} jours de formation" if nombre > 1 else "un jour de formation"
        ecran.print(titre(f"Fin le {date_en_clair(reponse.fin)}"))
        ecran.print(
            Text(
                f"{duree_en_clair(demande.minutes)} en {jours}, {semaine(demande.jours)}, "
                f"à partir du {date_en_clair(reponse.jours[0])}. "
                f"Le dernier jour dure {duree_en_clair(reponse.minutes_du_dernier)}."
            )
        )
    if reponse.perdus:
        ecran.print(titre("Les jours perdus"))
        ecran.print(liste(Text(f"{date_en_clair(un.le)} : {un.raison}") for un in reponse.perdus))
    if comparees := paires(demande)[:PAIRES_COMPAREES]:
        ecran.print(titre("Les jours qui finissent le plus tôt"))
        ecran.print(
            liste(Text(f"{semaine(une.jours)} : {date_en_clair(une.fin)}") for une in comparees)
        )
    if reponse.alertes:
        ecran.print(titre("À savoir"))
        ecran.print(liste(Text(une) for une in reponse.alertes))
