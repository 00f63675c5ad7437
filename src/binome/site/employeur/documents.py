"""What an employer takes away: the folder on paper, and the days in a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.agenda.annonce import a_faire_avant, condition, quand
from binome.agenda.ics import Journee, ics_des_journees
from binome.impression.dossier_d_employeur import (
    DossierDEmployeur,
    EtapeImprimee,
    FaconImprimee,
    FicheImprimee,
)
from binome.impression.pdf import pdf_du_dossier_d_employeur
from binome.site.employeur.couts import facons
from binome.site.employeur.etapes import etapes
from binome.site.employeur.fiche import fiche_de_poste
from binome.site.employeur.guide import fenetre, quand_dit
from binome.site.employeur.salaire import juger_le_brut, smic_du
from binome.site.employeur.visite import lire_la_visite
from binome.site.simulateur.documents import CALENDRIER, PDF, a_telecharger, cle_sans_les_jours
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import aujourd_hui, jour_de

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.http import HttpResponse

    from binome.site.employeur.etapes import EtapeDEmployeur
    from binome.site.employeur.visite import VisiteDEmployeur
    from binome.socle.demande import Demande

TITRE: Final = "Devenir employeur d’un assistant médical"
SANS_JOUR: Final = "Dites d’abord le jour de l’embauche, ou celui du contrat d’aide : aucune étape n’a encore de date."
SELON_LE_CONTRAT: Final = "professionnalisation"
"""The step that only one kind of contract asks for: its day is tentative."""


def _lue(request: Demande) -> VisiteDEmployeur:
    visite = lire_la_visite(request.GET)
    if visite.refus:
        raise Http404("Cette adresse ne contient pas de réponse lisible. Reprenez les étapes.")
    return visite


def _imprimee(une: EtapeDEmployeur, visite: VisiteDEmployeur, jour: date) -> EtapeImprimee:
    au = visite.signature or jour
    regles = [un for un in une.regles if un.couvre(au)]
    dites, citations = [un.dit for un in regles], [c for un in regles for c in un.sources]
    dites += [un.dit for un in une.connus]
    citations += [un.source for un in une.connus]
    if une.repere == "salaire":
        smic = smic_du(visite.embauche or jour)
        juge = juger_le_brut(visite.prix.get("brut_plein"), smic)
        dites += [smic.dit, *([juge] if juge else [])]
        citations += smic.sources
    dues = [un for un in visite.contrat.datees if un.code in une.echeances]
    citations += [c for un in dues for lecture in un.lectures for c in lecture.motif.citations]
    fixe = "" if visite.embauche is None else quand_dit(une, visite.embauche)
    return EtapeImprimee(
        une.titre,
        une.texte,
        une.id in visite.faites,
        une.qui,
        une.formulaire,
        une.inconnu,
        tuple(un for un in (fixe, *(f"{un.titre} : {quand(un)}" for un in dues)) if un),
        tuple(dites),
        (*une.sources, *citations),
    )


@require_safe
def pdf(request: Demande) -> HttpResponse:
    """The folder as a PDF. Raises Http404 when the address holds no readable answer."""
    visite, jour = _lue(request), jour_de(request)
    toutes, fiche = etapes(), fiche_de_poste(visite.confiees)
    contenu = pdf_du_dossier_d_employeur(
        DossierDEmployeur(
            base=visite.contrat.base,
            dossier=visite.parcours.dossier,
            embauche=visite.embauche,
            moments=tuple(
                (
                    titre,
                    tuple(
                        _imprimee(une, visite, jour) for une in toutes.toutes if une.moment == code
                    ),
                )
                for code, titre in toutes.moments.items()
            ),
            fiche=None
            if fiche.vide
            else FicheImprimee(
                fiche.confies, fiche.gardes, fiche.a_trancher, fiche.conditions, fiche.sources
            ),
            facons=tuple(
                FaconImprimee(une.titre, une.aide, une.cout, une.reste, une.sources)
                for une in facons(visite)
            )
            if visite.prix
            else (),
            adresse=adresse_entiere(f"{reverse('employeur')}?{visite.requete()}"),
            au=visite.signature or jour,
            le=aujourd_hui(),
        )
    )
    return a_telecharger(contenu, PDF, "binome-devenir-employeur.pdf")


def _journees(visite: VisiteDEmployeur, instant: datetime) -> Iterator[Journee]:
    """The days of the steps, then those of the clocks; an identifier holds neither day nor name."""
    adresse = adresse_entiere(f"{reverse('employeur')}?{visite.requete()}")
    cle = cle_sans_les_jours(visite.parcours)

    def uid(code: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"binome|employeur|{cle}|{code}"))

    for une in etapes().toutes:
        jours = fenetre(une, visite.embauche)
        if jours is None or une.id in visite.faites:
            continue
        yield Journee(
            uid=uid(f"etape-{une.id}"),
            change_le=instant,
            jour=jours[1],
            resume=une.titre,
            texte=f"{quand_dit(une, visite.embauche)}. {une.formulaire or une.texte}",
            adresse=adresse,
            ferme=une.id != SELON_LE_CONTRAT,
            rappel=jours[0] != jours[1],
        )
    for un in visite.contrat.datees:
        if un.jour is not None:
            dits = (
                condition(un),
                a_faire_avant(un),
                *(x.motif.texte for x in un.de_la_plus_proche),
            )
            yield Journee(
                uid=uid(f"echeance-{un.code}"),
                change_le=instant,
                jour=un.jour,
                resume=un.titre,
                texte=" ".join(dit for dit in dits if dit),
                adresse=adresse,
                ferme=un.certaine and not un.rivales,
                rappel=True,
            )


@require_safe
def calendrier(request: Demande) -> HttpResponse:
    """The days for any calendar program. Raises Http404 when none is known."""
    visite, instant = _lue(request), timezone.now()
    journees = list(_journees(visite, instant))
    if not journees:
        raise Http404(SANS_JOUR)
    contenu = ics_des_journees(journees, titre=TITRE, cree_le=instant)
    return a_telecharger(contenu, CALENDRIER, "binome-devenir-employeur.ics")
