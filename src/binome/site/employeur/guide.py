"""What the guide shows: each step with its days, the rules of the day, and whether it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.regles.calendrier import date_en_clair
from binome.site.aide.resultat import devoir
from binome.site.employeur.etapes import etapes
from binome.site.employeur.fiche import fiche_de_poste
from binome.site.employeur.salaire import juger_le_brut, smic_du

if TYPE_CHECKING:
    from datetime import date

    from binome.site.employeur.etapes import EtapeDEmployeur, LieuDeDemarche
    from binome.site.employeur.visite import VisiteDEmployeur

SANS_JOUR: Final = "Dites le jour de l’embauche : la date se calcule."
SAISIS: Final = ("date_prise_fonction", "date_signature_contrat_aide")


def fenetre(une: EtapeDEmployeur, embauche: date | None) -> tuple[date, date] | None:
    """The first and the last day of a step, both included; None while the hiring has no day, or the step none."""
    if embauche is None or une.jours is None:
        return None
    de, a = une.jours
    return embauche + timedelta(days=de), embauche + timedelta(days=a)


def quand_dit(une: EtapeDEmployeur, embauche: date | None) -> str:
    """The days of a step in words; empty where no source gives any."""
    if une.jours is None:
        return ""
    jours = fenetre(une, embauche)
    if jours is None:
        return SANS_JOUR
    de, a = jours
    if de == a:
        return f"Le {date_en_clair(de)}"
    if de == embauche:
        return f"Au plus tard le {date_en_clair(a)}"
    return f"Du {date_en_clair(de)} au {date_en_clair(a)}"


def adresse_du_lieu(un: LieuDeDemarche, visite: VisiteDEmployeur) -> str:
    """Where a step is done, with what was said when it is a page of ours."""
    if un.lien:
        return un.lien
    adresse = reverse(un.vers, args=[un.porte] if un.porte else [])
    requete = visite.requete()
    portee = un.porte or un.vers.startswith(("employeur", "aide"))
    return f"{adresse}?{requete}" if requete and portee else adresse


def _repere(une: EtapeDEmployeur, visite: VisiteDEmployeur, jour: date) -> dict[str, Any]:
    """What the page works out for a step, of what was said."""
    if une.repere == "salaire":
        smic = smic_du(visite.embauche or jour)
        return {
            "smic": smic,
            "juge": juger_le_brut(visite.prix.get("brut_plein"), smic),
        }
    if une.repere == "fiche":
        fiche = fiche_de_poste(visite.confiees)
        return {"confies": len(fiche.confies), "a_trancher": len(fiche.a_trancher)}
    return {}


def _en_page(une: EtapeDEmployeur, visite: VisiteDEmployeur, jour: date) -> dict[str, Any]:
    dues = [un for un in visite.contrat.datees if un.code in une.echeances]
    # The rules are those of the day that decides: the signature of the aid where it is said.
    au = visite.signature or jour
    return {
        "etape": une,
        "faite": une.id in visite.faites,
        "basculer": f"{reverse('employeur')}?{visite.bascule(une.id)}#{une.id}",
        "quand": quand_dit(une, visite.embauche),
        "regles": [un for un in une.regles if un.couvre(au)],
        "dus": [devoir(un) for un in dues],
        "adresse": "" if une.ou is None else adresse_du_lieu(une.ou, visite),
        "repere": _repere(une, visite, jour),
    }


def contexte_du_guide(visite: VisiteDEmployeur, jour: date) -> dict[str, Any]:
    """The context of the page; `jour` is the day whose rules it shows."""
    toutes = etapes()
    groupes = [
        {
            "code": code,
            "titre": titre,
            "etapes": [_en_page(une, visite, jour) for une in toutes.toutes if une.moment == code],
        }
        for code, titre in toutes.moments.items()
    ]
    requete = visite.requete()
    return {
        "groupes": groupes,
        "faites": len(visite.faites),
        "total": len(toutes.toutes),
        "visite": visite,
        "requete": requete,
        "saisis": {nom: visite.parcours.reponses.get(nom, [""])[-1] for nom in SAISIS},
        "brut": visite.saisies.get("brut_plein", ""),
        "promue": visite.parcours.reponses.get("secretaire_promue", [""])[-1],
        "cachees": list(visite.paires(sans=(*SAISIS, "brut_plein", "secretaire_promue"))),
        "refus": visite.refus,
        "datee": visite.embauche is not None or visite.signature is not None,
    }
