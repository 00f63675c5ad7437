"""`binome regles`: the base itself, read, checked, compared and replayed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Group
from rich.table import Table as Tableau
from rich.text import Text

from binome.cli.affichage import DISCRET, console, liste, titre
from binome.cli.erreurs import TravailImpossible
from binome.cli.pages import ecrire_page
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.cas import echecs
from binome.regles.comparer import comparer as comparer_dates
from binome.regles.competences import listes_de_competences
from binome.regles.courante import base_courante, certifications, ouvrir
from binome.regles.couverture import comptes, verifier_couverture
from binome.regles.couverture import en_markdown as couverture_en_markdown
from binome.regles.dire import STATUTS, en_une_phrase, fenetre, mot_a_mot
from binome.regles.ecarts import controles, ecarts, verifier_ecarts
from binome.regles.faits import plus_proche
from binome.regles.lecture import BaseInvalide
from binome.regles.page import en_markdown
from binome.regles.usages import usages

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.regle import Regle
    from binome.regles.sources import Citation


FIABILITES: Final = {"officiel": "officielle", "secondaire": "secondaire", "faible": "peu sûre"}


class Jour(click.ParamType[date]):
    """A day, written year-month-day or day/month/year."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a French refusal."""
        from binome.regles.faits import lire_texte, lire_valeur  # noqa: PLC0415

        fait = base_courante().faits["date_entree"]
        try:
            jour = lire_valeur(fait, lire_texte(fait, str(value)))
        except ValueError as refus:
            self.fail(str(refus), param, ctx)
        if not isinstance(jour, date):
            self.fail("une date est attendue", param, ctx)
        return jour


def _combien(nombre: int, mot: str) -> str:
    """A number and its word."""
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"


def _base(designation: str) -> Base:
    try:
        return ouvrir(designation)
    except BaseInvalide as invalide:
        raise TravailImpossible(str(invalide).splitlines()) from invalide


@click.group(
    name="regles",
    help="Lit, vérifie, compare et rejoue les règles.",
)
def commande() -> None:
    """Groups what is done with the base."""


@commande.command(help="Liste les règles, avec leur fenêtre et leur statut.")
@click.option(
    "--au", type=Jour(), metavar="DATE", help="Seulement les règles en vigueur ce jour-là."
)
@click.option("--table", metavar="NOM", help="Seulement les règles d’une table.")
@click.option(
    "--base",
    "designation",
    default="courante",
    metavar="BASE",
    help="Une autre base (dossier, export, ou courante+igas-8).",
)
def lister(au: date | None, table: str | None, designation: str) -> None:
    """Prints one line per rule."""
    base = _base(designation)
    if table is not None and table not in base.tables:
        raise TravailImpossible(
            f"regles lister : la table « {table} » n’existe pas{plus_proche(table, base.tables)}"
        )
    ecran = console()
    for une in base.tables.values():
        if table not in (None, une.id):
            continue
        regles = [regle for regle in une.regles if au is None or regle.couvre(au)]
        if not regles:
            continue
        ecran.print(titre(f"{une.titre} ({une.id})"))
        tableau = Tableau(box=None, show_header=False, padding=(0, 1), pad_edge=False)
        tableau.add_column(no_wrap=True)
        tableau.add_column(ratio=1)
        tableau.add_column(no_wrap=True, style=DISCRET)
        for regle in regles:
            statut = "" if regle.statut == "en_vigueur" else f" ({STATUTS[regle.statut]})"
            tableau.add_row(regle.id, f"{regle.titre}{statut}", fenetre(regle))
        ecran.print(tableau)
    ecran.print()
    ecran.print(Text(f"{len(base.regles)} règles, base {base.empreinte}", style=DISCRET))


def _regle(base: Base, nom: str) -> Regle:
    if nom not in base.regles:
        raise TravailImpossible(
            f"regles montrer : la règle « {nom} » n’existe pas{plus_proche(nom, base.regles)}"
        )
    return base.regles[nom]


@commande.command(help="Dit une règle en clair, puis mot à mot, avec ses sources et ses usages.")
@click.argument("nom", metavar="REGLE")
@click.option("--base", "designation", default="courante", metavar="BASE", help="Une autre base.")
def montrer(nom: str, designation: str) -> None:
    """Prints what a person wrote of a rule, then the rule itself in prose."""
    base = _base(designation)
    regle = _regle(base, nom)
    ecran = console()
    ecran.print(Text(regle.id, style="bold"))
    ecran.print(Text(en_une_phrase(regle, base)))
    ecran.print(titre("La règle, mot à mot"))
    ecran.print(Text(mot_a_mot(regle, base)))
    ecran.print(titre("Sources"))
    ecran.print(liste([_citation(citation) for citation in regle.sources]))
    lus = usages(base, regle)
    if lus:
        ecran.print(titre("Sert à"))
        ecran.print(liste([Text(usage) for usage in lus]))


def _citation(citation: Citation) -> Group:
    source = citation.source
    lue = date_en_clair(date.fromisoformat(source.consulte_le))
    origine = f"{source.adresse} · source {FIABILITES[source.fiabilite]}, consultée le {lue}"
    return Group(
        Text(citation.en_clair()),
        Text(citation.resume),
        Text(origine, style=DISCRET),
    )


@commande.command(help="Vérifie la base : sources, renvois, temps, sommes, cas et écarts.")
@click.option("--base", "designation", default="courante", metavar="BASE", help="Une autre base.")
def verifier(designation: str) -> None:
    """Runs every load check, every YAML case and every printed total."""
    base = _base(designation)  # the load checks run here
    listes_de_competences()
    fautes = [*verifier_ecarts(), *_fautes_de_couverture()]
    autres = (
        []
        if designation != "courante"
        else [un for un in certifications() if un != base.certification.code]
    )
    embarquee = designation in ("courante", *certifications())
    rates, joues = echecs(base) if embarquee else ([], 0)
    fautes += rates
    lignes = []
    for code in autres:
        autre = base_courante(certification=code)
        rates, nombre = echecs(autre)
        fautes += rates
        lignes.append(
            f"{autre.certification.nom} : {_combien(len(autre.entiere.regles), 'règle')}, {nombre} cas. "
            f"{autre.empreinte}"
        )
    if fautes:
        raise TravailImpossible(fautes, code=1)
    bilan = [
        _combien(len(base.entiere.regles), "règle"),
        _combien(len(base.sources), "source"),
        f"{joues} cas" if embarquee else "cas non joués (hors de donnees/)",
    ]
    if (
        base.certification.code == base_courante().certification.code
    ):  # the ledger is of that one alone
        bilan += [
            f"{len(controles())} totaux recalculés",
            _combien(len(ecarts()), "écart"),
            _combien(comptes()[0], "énoncé"),
        ]
    console().print(f"Base saine : {', '.join(bilan)}. {base.empreinte}")
    for ligne in lignes:
        console().print(ligne)


@commande.command(help="Compare les règles de deux jours.")
@click.option(
    "--au",
    "jours",
    type=Jour(),
    multiple=True,
    required=True,
    metavar="DATE",
    help="Un jour ; donnez l’option deux fois.",
)
@click.option("--base", "designation", default="courante", metavar="BASE", help="Une autre base.")
def comparer(jours: tuple[date, ...], designation: str) -> None:
    """Prints what changed between two days, subject by subject."""
    if len(jours) != 2:
        raise TravailImpossible("regles comparer : donnez deux dates, avec --au DATE --au DATE")
    avant, apres = sorted(jours)
    base = _base(designation)
    ecran = console()
    ecran.print(Text(f"Du {date_en_clair(avant)} au {date_en_clair(apres)}", style="bold"))
    changements = comparer_dates(base, avant, apres)
    if not changements:
        ecran.print("Aucune règle n’a changé entre ces deux jours.")
    for changement in changements:
        ecran.print(titre(changement.titre))
        for signe, textes in (("−", changement.avant), ("+", changement.apres)):
            for texte in textes:
                ecran.print(Text(f"  {signe} {texte}"))


@commande.command(
    help="Rejoue un lot sous deux bases : qui change, de quoi à quoi, à cause de quelle règle."
)
@click.option(
    "--base",
    "designations",
    multiple=True,
    required=True,
    metavar="BASE",
    help="Une base ; donnez l’option deux fois (dossier, export, courante, courante+igas-8).",
)
@click.option(
    "--lot",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FICHIER",
    help="Le tableau de dossiers.",
)
@click.option("--detail", is_flag=True, help="Donne une ligne par dossier qui change.")
def rejouer(designations: tuple[str, ...], lot: Path, detail: bool) -> None:
    """Prints the outcome of a replay."""
    from binome.cli.lots import dire, trier  # noqa: PLC0415 - only a lot pays for it
    from binome.lots.lecture import lire_lot  # noqa: PLC0415
    from binome.regles.metiers.rejouer import rejouer as rejouer_lot  # noqa: PLC0415

    if len(designations) != 2:
        raise TravailImpossible("regles rejouer : donnez deux bases, avec --base A --base B")
    base_a, base_b = (_base(designation) for designation in designations)
    bonnes, ecartees = trier(lire_lot(lot, base_a, dire=dire))
    noms = ((ligne.reference or f"ligne {ligne.numero}", ligne.dossier) for ligne in bonnes)
    rejeu = rejouer_lot(base_a, base_b, noms)
    ecran = console()
    gagnants = sum(un.gagne is True for un in rejeu.differences)
    perdants = sum(un.gagne is False for un in rejeu.differences)
    ecran.print(
        Text(
            f"{rejeu.lus} dossiers rejoués, {len(rejeu.differences)} changent : "
            f"{gagnants} y gagnent, {perdants} y perdent.",
            style="bold",
        )
    )
    for (avant, apres), nombre in rejeu.par_passage.items():
        passage = f"{avant} → {apres}" if avant != apres else f"{avant}, avec d’autres heures"
        ecran.print(f"  {nombre} : {passage}")
    if rejeu.par_regles:
        ecran.print(titre("À cause de"))
        for regles, nombre in rejeu.par_regles.items():
            ecran.print(f"  {nombre} : {', '.join(regles) or 'une durée'}")
    if detail:
        ecran.print(titre("Dossier par dossier"))
        for un in rejeu.differences:
            durees = [
                "durée inconnue" if i.minutes is None else duree_en_clair(i.minutes)
                for i in (un.avant, un.apres)
            ]
            ecran.print(
                f"  {un.nom} : {un.avant.voie}, {durees[0]} → {un.apres.voie}, {durees[1]} "
                f"({', '.join(un.regles)})"
            )
    if ecartees:
        sys.exit(1)


@commande.command(help="Imprime toutes les règles en clair, en une page.")
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Écrit la page au lieu de la montrer.",
)
def imprimer(sortie: Path | None) -> None:
    """Prints or writes the page of rules."""
    ecrire_page(en_markdown(), sortie)


def _fautes_de_couverture() -> list[str]:
    """What the coverage owes, with the organisations and the zones that it may name."""
    from binome.formations.lecture import organismes, zones_mal_couvertes  # noqa: PLC0415 - read for a check only

    return verifier_couverture(
        {
            "organisme": [un.slug for un in organismes()],
            "zone": [une.nom for une in zones_mal_couvertes()],
        }
    )


@commande.command(help="Dit où chaque énoncé des sources est tenu, ou pourquoi il ne l’est pas.")
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Écrit la page au lieu de la montrer.",
)
def couvrir(sortie: Path | None) -> None:
    """Prints or writes the coverage of the sources; refuses a statement without a place."""
    fautes = _fautes_de_couverture()
    if fautes:
        raise TravailImpossible(fautes, code=1)
    ecrire_page(couverture_en_markdown(), sortie)


@commande.command(help="Écrit la base en JSON canonique, que « --base » sait relire.")
@click.option("--base", "designation", default="courante", metavar="BASE", help="Une autre base.")
def exporter(designation: str) -> None:
    """Prints the canonical export; its SHA-256 is the base's hash."""
    sys.stdout.write(_base(designation).exporter())
