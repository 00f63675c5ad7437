"""The papers of the kit: a sheet and a poster per public, the annex of a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.impression.kit_imprime import AnnexeImprimee, LigneDAnnexe, PapierDuKit
from binome.impression.pdf import pdf_de_l_affiche, pdf_de_l_annexe, pdf_de_la_fiche_du_kit
from binome.regles.calendrier import date_en_clair
from binome.regles.courante import base_courante
from binome.site.kit.annexe import CLAUSE, MENTION, annexe_de, demande
from binome.site.kit.views import public_de
from binome.site.simulateur.documents import PDF, a_telecharger
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import aujourd_hui, jour_de

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from binome.formations.modeles import Organisme
    from binome.socle.demande import Demande


def _papier(request: Demande, code: str) -> PapierDuKit:
    un, jour = public_de(code), jour_de(request)
    return PapierDuKit(
        base=base_courante(),
        nom=un.nom,
        titre=un.titre,
        accroche=un.accroche,
        appel=un.appel,
        reserve=un.reserve,
        points=tuple((une.dit, une.sources) for une in un.dits(jour)),
        lignes=un.lignes(jour),
        sources=un.sources,
        adresse=adresse_entiere(un.porte_du_jour),
        au=jour,
        le=aujourd_hui(),
    )


@require_safe
def fiche(request: Demande, public: str) -> HttpResponse:
    """The sheet of a public, on A4. Raises Http404."""
    papier = _papier(request, public)
    return a_telecharger(pdf_de_la_fiche_du_kit(papier), PDF, f"binome-{public}.pdf")


@require_safe
def affiche(request: Demande, public: str) -> HttpResponse:
    """The poster of a public, on A3. Raises Http404."""
    papier = _papier(request, public)
    return a_telecharger(pdf_de_l_affiche(papier), PDF, f"binome-affiche-{public}.pdf")


def _lignes(nommes: Iterable[Organisme]) -> tuple[LigneDAnnexe, ...]:
    return tuple(
        LigneDAnnexe(
            un.nom,
            tuple(site.lieu for site in un.sites) or ("Lieu : nous ne savons pas",),
            un.habilitation.phrase,
            tuple({str(c): c for c in un.sources}.values()),
        )
        for un in nommes
    )


@require_safe
def annexe(request: Demande) -> HttpResponse:
    """The annex of a contract and the clause proposed. Raises BadRequest on an unknown département."""
    code, jour = request.GET.get("departement", ""), timezone.localdate()
    une = annexe_de(code, jour)
    conventions = tuple(
        LigneDAnnexe(
            f"{tenue.nom} (organisme d’essai)" if tenue.exemple else tenue.nom,
            tuple(tenue.lieux) or ("Aucun site ouvert aujourd’hui",),
            f"Convention du {date_en_clair(tenue.du)} au {date_en_clair(tenue.au)}, d’après la branche.",
            (),
        )
        for tenue in une.conventions or ()
    )
    suite = f"?departement={code}" if code else ""
    papier = AnnexeImprimee(
        base=base_courante(),
        lieu=une.titre,
        conventions=conventions if une.conventions is not None else None,
        nommes=_lignes(une.nommes),
        ailleurs=_lignes(une.ailleurs),
        clause=CLAUSE,
        mention=MENTION,
        demande=demande(),
        adresse=adresse_entiere(f"{reverse('kit-annexe')}{suite}"),
        le=jour,
    )
    return a_telecharger(pdf_de_l_annexe(papier), PDF, "binome-annexe-proposee.pdf")
