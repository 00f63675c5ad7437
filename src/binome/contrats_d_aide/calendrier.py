"""The days of contracts as a calendar file: one event a clock, that moves with its day and never doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone

from binome.agenda.echeances import texte_du_jour
from binome.agenda.feries import dernier_jour_ouvre
from binome.agenda.ics import Journee, ics_des_journees
from binome.agenda.territoires import TERRITOIRES
from binome.contrats_d_aide.abonnement import contrats_au_calendrier
from binome.contrats_d_aide.cadran import SANS_RELANCE, lectures_gardees
from binome.contrats_d_aide.compter import cadran_de
from binome.contrats_d_aide.etats import EtatDHorloge
from binome.contrats_d_aide.models import HorlogeDeContrat
from binome.regles.calendrier import date_en_clair
from binome.regles.courante import base_courante
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from binome.comptes.acteur import Acteur

TITRE: Final = "Vos contrats d’aide"
DIVERGENT: Final = "Les sources divergent ; ce jour est le plus proche."


def calendrier_des_contrats(acteur: Acteur) -> bytes:
    """The clocks of the contracts that a person follows; those that are no longer due are cancelled, so that a calendar takes them off."""
    lues = (
        HorlogeDeContrat.objects.filter(
            contrat__in=contrats_au_calendrier(acteur), jour__isnull=False
        )
        .select_related("contrat__medecin", "contrat__societe")
        .order_by("jour", "pk")
    )
    journees = [_journee(horloge, horloge.jour) for horloge in lues if horloge.jour is not None]
    return ics_des_journees(journees, titre=TITRE, cree_le=timezone.now())


def _journee(horloge: HorlogeDeContrat, jour: date) -> Journee:
    base = base_courante()
    titre = cadran_de(base).mots(horloge.code)
    a_venir = horloge.etat == EtatDHorloge.A_VENIR
    rivales = len({lecture["jour"] for lecture in horloge.lectures}) > 1
    return Journee(
        uid=horloge.uid,
        change_le=horloge.changee_le,
        jour=jour,
        resume=f"{titre} · {horloge.contrat.partie}"
        if a_venir
        else f"Fait : {titre} · {horloge.contrat.partie}",
        texte="\n".join(_texte(horloge, jour, rivales=rivales)),
        adresse=adresse_entiere(reverse("suivi", args=["contrats-d-aide", horloge.contrat_id])),
        ferme=not rivales,
        annulee=horloge.etat == EtatDHorloge.SANS_OBJET,
        rappel=a_venir and horloge.code not in SANS_RELANCE,
    )


def _texte(horloge: HorlogeDeContrat, jour: date, *, rivales: bool) -> Iterator[str]:
    if rivales:
        yield DIVERGENT
    ouvre = dernier_jour_ouvre(jour, TERRITOIRES.get(horloge.contrat.departement, ""))
    if ouvre != jour and horloge.etat == EtatDHorloge.A_VENIR:
        yield texte_du_jour(jour, ouvre)
    for lecture in lectures_gardees(base_courante(), horloge.lectures):
        quand = "" if not rivales or lecture.jour is None else f"{date_en_clair(lecture.jour)} : "
        sources = f" Source : {' ; '.join(lecture.sources)}." if lecture.sources else ""
        yield f"{quand}{lecture.dit}{sources}"
