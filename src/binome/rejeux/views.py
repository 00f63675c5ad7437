"""The pages where the branch tries a rule before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from binome.comptes.permissions import acteur_de_la_branche
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat
from binome.dossiers.rejoues import Rejeu
from binome.gestes.refus import GesteImpossible
from binome.lots.inoffensif import inoffensifs
from binome.regles.calendrier import duree_en_clair
from binome.regles.courante import code_par_defaut
from binome.regles.metiers.reponse import voies_dites
from binome.rejeux.comparer import GROUPES, OUVERTES
from binome.rejeux.services import candidates, demander, lignes_de
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest


PAR_PAGE: Final = 50


def _titres() -> dict[str, str]:
    return {cle: titre for cle, (_, titre) in candidates().items()}


@require_http_methods(["GET", "HEAD", "POST"])
def rejeux(request: HttpRequest) -> HttpResponse:
    """The replays already made, and the form that makes one."""
    acteur = acteur_de_la_branche(request)
    faute = ""
    if request.method == "POST":
        try:
            rejeu = demander(request.POST.get("candidate", ""), acteur)
        except GesteImpossible as impossible:
            faute = str(impossible)
        else:
            messages.success(request, "Les dossiers ont été rejoués. Aucun n’a changé.")
            return redirect("rejeu", rejeu.pk)
    titres = _titres()
    faits = list(Rejeu.objects.select_related("par").defer("lignes", "bilan"))
    contexte = {
        "faits": [(un, titres.get(un.candidate, un.candidate)) for un in faits],
        "candidates": titres,
        "peut": acteur.examine,
        "faute": faute,
    }
    return render(request, "espace/rejeux.html", contexte, status=422 if faute else 200)


def _lire(request: HttpRequest, numero: int) -> tuple[Rejeu, str, str]:
    """The replay and the filters of the address. Raises Http404."""
    acteur_de_la_branche(request)
    rejeu = Rejeu.objects.select_related("par").filter(pk=numero).first()
    if rejeu is None:
        raise Http404("Ce rejeu n’existe plus. Refaites-le.")
    groupe, regle = request.GET.get("groupe", ""), request.GET.get("regle", "")
    return (
        rejeu,
        groupe if groupe in GROUPES else "",
        regle if regle in rejeu.bilan["regles"] else "",
    )


def _dire(ligne: dict[str, Any]) -> dict[str, Any]:
    """A row in words."""
    return {
        "reference": ligne["reference"],
        "decide": ligne["etat"] in (Etat.ARRETE, Etat.DECIDE, Etat.RECOURS),
        "avant": _issue(ligne["voie"], ligne["minutes_total"]),
        "apres": _issue(ligne["voie_apres"], ligne["minutes_total_apres"]),
        "groupes": [mot for nom, mot in GROUPES.items() if ligne[f"g_{nom}"]],
        "regles": ligne["regles"].split(";") if ligne["regles"] else [],
    }


def _voies() -> dict[str, str]:
    """The routes in words: a replay is of the certification by default."""
    return voies_dites(base_de(code_par_defaut()))


def _issue(voie: str, minutes: int | None) -> str:
    mot = _voies().get(voie, voie)
    return mot if minutes is None or voie not in OUVERTES else f"{mot}, {duree_en_clair(minutes)}"


@require_safe
def rejeu(request: HttpRequest, numero: int) -> HttpResponse:
    """What a replay found: who gains, who loses, why, and the dossiers one by one."""
    fait, groupe, regle = _lire(request, numero)
    lignes = lignes_de(fait, groupe=groupe, regle=regle)
    rang, voies = max(1, lire_entier(request.GET.get("page", ""), chiffres=6) or 1), _voies()
    filtre = {nom: mot for nom, mot in (("groupe", groupe), ("regle", regle)) if mot}
    debut = (rang - 1) * PAR_PAGE
    contexte = {
        "rejeu": fait,
        "titre": _titres().get(fait.candidate, fait.candidate),
        "groupes": [
            (nom, mot, fait.bilan["groupes"][nom])
            for nom, mot in GROUPES.items()
            if fait.bilan["groupes"][nom]
        ],
        "passages": [
            (voies.get(de, de), voies.get(vers, vers), nombre)
            for de, vers, nombre in fait.bilan["passages"]
            if de != vers
        ],
        "par_regles": [
            (ensemble.split(";") if ensemble else [], nombre)
            for ensemble, nombre in fait.bilan["par_regles"][:20]
        ],
        "regles": [
            ((une["apres"] or une["avant"])["titre"], une["avant"], une["apres"])
            for une in fait.bilan["regles"].values()
        ],
        "groupe": groupe,
        "regle": regle,
        "nombre": lignes.height,
        "lignes": [_dire(une) for une in lignes[debut : debut + PAR_PAGE].to_dicts()],
        "export": urlencode(filtre),
        "precedente": urlencode({**filtre, "page": rang - 1}) if rang > 1 else "",
        "suivante": urlencode({**filtre, "page": rang + 1})
        if debut + PAR_PAGE < lignes.height
        else "",
    }
    return render(request, "espace/rejeu.html", contexte)


@require_safe
def exporter(request: HttpRequest, numero: int) -> HttpResponse:
    """The dossiers that change, as a CSV that a spreadsheet opens."""
    fait, groupe, regle = _lire(request, numero)
    texte = en_csv(lignes_de(fait, groupe=groupe, regle=regle))
    reponse = HttpResponse(texte, content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="rejeu-{fait.pk}.csv"'
    return reponse


def en_csv(lignes: Any) -> str:
    """The rows with their columns named for people; durations in minutes."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    choisies = lignes.select(
        "reference",
        "etat",
        pl.col("voie").alias("voie_avant"),
        "voie_apres",
        pl.col("minutes_total").alias("minutes_avant"),
        pl.col("minutes_total_apres").alias("minutes_apres"),
        pl.col("minutes_dispensees").alias("minutes_dispensees_avant"),
        "minutes_dispensees_apres",
        pl.col("parues").alias("alertes_parues"),
        pl.col("levees").alias("alertes_levees"),
        "regles",
    )
    texte: str = inoffensifs(choisies).write_csv(include_bom=True, separator=";")
    return texte
