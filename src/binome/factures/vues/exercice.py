"""The bilan pédagogique et financier of an accounting year, on a page and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import de_ses_yeux
from binome.factures.bilan import bilan
from binome.factures.formulaires import FormulaireDExercice, exercice_par_defaut
from binome.factures.vues.argent import en_csv
from binome.factures.vues.facturation import organisme_de
from binome.habillage.en_fichier import en_fichier
from binome.impression.bilan_imprime import BilanImprime, CadreImprime
from binome.impression.pdf import pdf_du_bilan
from binome.regles.calendrier import date_en_clair, nombre_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from binome.factures.bilan import BilanPedagogique, LigneDuBilan
    from binome.listes.tableaux import Cellule

TITRES: Final = ("Cadre", "Ligne", "Libellé", "Stagiaires", "Heures", "Euros", "Ce qui est compté")


def _lu(request: HttpRequest) -> tuple[FormulaireDExercice, BilanPedagogique | None]:
    organisme = organisme_de(acteur_de(request))
    du, au = exercice_par_defaut()
    dits = request.GET if "du" in request.GET else {"du": du.isoformat(), "au": au.isoformat()}
    form = FormulaireDExercice(dits)
    if not form.is_valid():
        return form, None
    return form, bilan(organisme, form.cleaned_data["du"], form.cleaned_data["au"])


@require_safe
def exercice(request: HttpRequest) -> HttpResponse:
    """The bilan of a year, each line with what it counts; last year where none is said."""
    form, lu = _lu(request)
    contexte = {"form": form, "bilan": lu, "adresse": request.GET.urlencode()}
    return render(request, "factures/bilan.html", contexte, status=200 if lu else 422)


@require_safe
def exercice_en_csv(request: HttpRequest) -> HttpResponse:
    """The same, as a table."""
    form, lu = _lu(request)
    de_ses_yeux(acteur_de(request))
    if lu is None:
        return render(request, "factures/bilan.html", {"form": form, "bilan": None}, status=422)
    return en_csv(TITRES, _lignes(lu), f"bilan-{lu.du:%Y-%m-%d}-{lu.au:%Y-%m-%d}")


def _lignes(lu: BilanPedagogique) -> Iterator[Sequence[Cellule]]:
    for cadre, lignes in _cadres(lu):
        for une in lignes:
            yield (
                cadre, une.code, une.libelle, une.personnes or "", une.heures or "", une.euros or "",
                " ".join(nom for _, nom in une.liste),
            )  # fmt: skip
    for phrase in lu.a_resoudre:
        yield ("À résoudre", "", phrase, "", "", "", "")


@require_safe
def exercice_en_pdf(request: HttpRequest) -> HttpResponse:
    """The same, on paper."""
    form, lu = _lu(request)
    de_ses_yeux(acteur_de(request))
    if lu is None:
        return render(request, "factures/bilan.html", {"form": form, "bilan": None}, status=422)
    personnes, minutes = lu.totaux[0]
    papier = BilanImprime(
        organisme=lu.organisme.nom,
        siret=lu.organisme.identifiant,
        du=lu.du,
        au=lu.au,
        le=timezone.localdate(),
        cadres=tuple(CadreImprime(cadre, tuple(_ligne(une) for une in lignes)) for cadre, lignes in _cadres(lu)),
        totaux=f"{personnes} stagiaires et {nombre_en_clair((minutes + 30) // 60)} heures en F-1, en F-3 et en F-4. "
        f"Dont {lu.a_distance} à distance pour une partie.",
        a_resoudre=lu.a_resoudre,
        essai=lu.organisme.exemple,
    )  # fmt: skip
    return en_fichier(pdf_du_bilan(papier), f"bilan-{date_en_clair(lu.au).replace(' ', '-')}.pdf")


def _cadres(lu: BilanPedagogique) -> tuple[tuple[str, tuple[LigneDuBilan, ...]], ...]:
    return (
        ("C", lu.produits), ("E", (lu.formateurs,)), ("F-1", lu.f1), ("F-3", lu.f3), ("F-4", lu.f4),
    )  # fmt: skip


def _ligne(une: LigneDuBilan) -> tuple[str, str, str, str, str]:
    return (
        une.code, une.libelle, str(une.personnes or ""), nombre_en_clair(une.heures) if une.heures else "",
        nombre_en_clair(une.euros) if une.euros else "",
    )  # fmt: skip
