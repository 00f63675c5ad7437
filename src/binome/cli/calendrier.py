"""`binome calendrier`: the days of a run of training, those it loses and why, the pairs of days compared."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from binome.agenda.calendrier import PAIRES_COMPAREES, calendrier, paires
from binome.agenda.demande import DemandeInvalide, lire_demande
from binome.agenda.jours import semaine
from binome.cli.entrees import lire_chacun, lire_entree_standard
from binome.lots.entrees import lire_octets
from binome.lots.erreurs import TravailImpossible
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.nombres import lire_les_heures

if TYPE_CHECKING:
    from binome.agenda.calendrier import CalendrierPose, DemandeDeCalendrier


OPTIONS: Final = {
    "debut": "--debut",
    "minutes": "--heures",
    "minutes_par_jour": "--par-jour",
    "jours": "--jours",
    "zone": "--zone",
    "departement": "--departement",
}
"""By which option a person gives each fact."""
DUREE_ATTENDUE: Final = "une durée est attendue, par exemple 279, « 12 h 30 » ou « 35,5 »"


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
        demandes = lire_chacun(octets, lire_demande)
        lignes = (json.dumps(calendrier(une).en_json(), ensure_ascii=False) for une in demandes)
        sys.stdout.write("".join(f"{ligne}\n" for ligne in lignes))
        return
    _montrer(calendrier(_demande_dite(options)))


def _demande_dite(options: dict[str, str | None]) -> DemandeDeCalendrier:
    """The request that the options make. Raises TravailImpossible with every mistake, each by its option."""
    fautes: list[str] = []
    objet: dict[str, Any] = {
        "debut": options["debut"],
        "zone": options["zone"] and options["zone"].strip().upper(),
        "departement": options["departement"],
        "minutes": _duree("minutes", options["heures"], fautes),
        "minutes_par_jour": _duree("minutes_par_jour", options["par_jour"], fautes),
        "jours": options["jours"] and options["jours"].split(","),
    }
    try:
        demande = lire_demande({nom: un for nom, un in objet.items() if un is not None})
    except DemandeInvalide as invalide:
        deja = {une.partition(" : ")[0] for une in fautes}
        autres = (_par_option(une) for une in invalide.fautes)
        fautes += [une for une in autres if une.partition(" : ")[0] not in deja]
        raise TravailImpossible(fautes) from invalide
    if fautes:
        raise TravailImpossible(fautes)
    return demande


def _par_option(faute: str) -> str:
    """A sentence about a fact, as it is told to who gave options."""
    nom, _, dit = faute.partition(" : ")
    if nom in ("minutes", "minutes_par_jour"):
        dit = DUREE_ATTENDUE
    return f"{OPTIONS[nom]} : {dit}"


def _duree(nom: str, texte: str | None, fautes: list[str]) -> int | None:
    if texte is None:
        return None
    try:
        return lire_les_heures(texte)
    except ValueError:
        fautes.append(f"{OPTIONS[nom]} : {DUREE_ATTENDUE}")
        return None


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
    if alertes := reponse.alertes:
        ecran.print(titre("À savoir"))
        ecran.print(liste(Text(une) for une in alertes))
