"""What the pages of a contract show: who works, with their names; what is due; the money; how far the objective is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.agenda.echeances import VUE as VUE_DES_ECHEANCES
from binome.contrats_d_aide.cadran import SANS_RELANCE, TITRES
from binome.contrats_d_aide.echeances_tenues import SE_TIENNENT
from binome.contrats_d_aide.etats import (
    ARRETES,
    EtatDeVersement,
    EtatDHorloge,
    GenreDePoste,
    NatureDEvenement,
    SpecialiteDeMedecin,
)
from binome.contrats_d_aide.models import (
    EvenementDeContrat,
    HorlogeDeContrat,
    MembreDuContrat,
    Objectif,
    PosteDuContrat,
    ReleveDActivite,
    VersementAttendu,
)
from binome.contrats_d_aide.objectifs import ObjectifDit, ce_qui_est_paye, distance
from binome.contrats_d_aide.parts_aidees import part_payee, pourcentage
from binome.contrats_d_aide.personnes import anniversaires
from binome.contrats_d_aide.suites_des_evenements import suite_dite
from binome.contrats_d_aide.vie_comptee import UN_JOUR
from binome.dossiers.models import EmploiSuivi
from binome.regles.courante import base_courante
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.contrats_d_aide.models import Contrat

SANS_NOM: Final = "Personne sans nom dans Binôme"
LE_SECRETARIAT: Final = "Le secrétariat"
MONTREES: Final = 12
"""Duties shown on the page of a contract."""


def noms_des_emplois(emplois: Iterable[int]) -> dict[int, str]:
    """Who holds some jobs: by their account, else by the dossier that follows it."""
    numeros = list(emplois)
    suivis = EmploiSuivi.objects.filter(
        emploi__in=numeros, dossier__anonyme_le=None
    ).select_related("dossier")
    return {un.emploi_id: str(un.dossier.personne) for un in suivis.order_by("pk")}


def nom_du_poste(poste: PosteDuContrat, noms: dict[int, str]) -> str:
    """Who works, in words."""
    if poste.nom:
        return poste.nom
    if poste.genre == GenreDePoste.SECRETAIRE:
        return LE_SECRETARIAT
    if poste.emploi is None:
        return SANS_NOM
    personne = poste.emploi.salarie.personne
    return str(personne) if personne is not None else noms.get(poste.emploi.pk, SANS_NOM)


def postes_de(contrats: Sequence[int]) -> list[tuple[PosteDuContrat, str]]:
    """The posts of some contracts, with who holds each, in two queries."""
    postes = list(
        PosteDuContrat.objects.filter(contrat__in=contrats)
        .select_related(
            "emploi__salarie__personne", "contrat__medecin", "contrat__societe", "contrat__caisse"
        )
        .order_by("du", "pk")
    )
    noms = noms_des_emplois({un.emploi_id for un in postes if un.emploi_id is not None})
    return [(un, nom_du_poste(un, noms)) for un in postes]


def parts_du_contrat(
    contrat: Contrat, tenus: Sequence[tuple[PosteDuContrat, str]]
) -> dict[str, str]:
    """What the contract pays for, and what of it is held today."""
    jour = timezone.localdate()
    paye = part_payee(contrat.option, contrat.etp)
    pris = sum(
        un.part for un, _ in tenus
        if un.genre == GenreDePoste.ASSISTANT and un.du <= jour and (un.au is None or un.au >= jour)
    )  # fmt: skip
    return {
        "paye": pourcentage(paye),
        "pris": pourcentage(pris) if pris else "personne",
        "juste": str(pris == paye),
    }


def titre_d_horloge(code: str) -> str:
    """What a clock is called."""
    mots = base_courante().vue(VUE_DES_ECHEANCES).question.mots
    return TITRES.get(code) or mots.get(code, code)


def ce_qui_vient(contrat: Contrat) -> list[dict[str, Any]]:
    """What is due next, with the days of each reading where sources disagree."""
    jour = timezone.localdate()
    if contrat.etat in ARRETES and (contrat.fini_le is None or contrat.fini_le < jour):
        return []
    siennes = HorlogeDeContrat.objects.filter(
        contrat=contrat, etat=EtatDHorloge.A_VENIR, jour__isnull=False
    )
    return [
        {
            "titre": titre_d_horloge(une.code), "jour": une.jour, "passee": une.jour is not None and une.jour < jour,
            "jours": _autres_jours(une), "numero": une.pk if une.code in SE_TIENNENT else None,
        }
        for une in siennes.exclude(code__in=SANS_RELANCE, jour__lt=jour).order_by("jour", "pk")[:MONTREES]
    ]  # fmt: skip


def _autres_jours(une: HorlogeDeContrat) -> list[date]:
    """The other days that some readings give, in their order."""
    lus = {un["jour"] for un in une.lectures if isinstance(un, dict) and un.get("jour")}
    return sorted(autre for lu in lus if (autre := date.fromisoformat(lu)) != une.jour)


def argent_du_contrat(contrat: Contrat) -> dict[str, Any]:
    """The money of the years as it was frozen at the signature, and each payment as it is counted now; whether an amendment parts the two."""
    return {
        "amende": EvenementDeContrat.objects.filter(
            contrat=contrat, nature=NatureDEvenement.AVENANT
        ).exists(),
        "annees": [
            {**une, "du": date.fromisoformat(une["du"]), "au": date.fromisoformat(une["au"])}
            for une in contrat.reponse.get("annees", [])
        ],
        "manquants": contrat.reponse.get("manquants", []),
        "versements": list(
            VersementAttendu.objects.filter(contrat=contrat).order_by("rang", "numero")
        ),
        "sources": contrat.reponse.get("sources", []),
    }


def objectifs_du_contrat(contrat: Contrat) -> list[dict[str, Any]]:
    """Each year's objective, where the activity stands, and what the year pays, as far as sources say it."""
    dits = list(Objectif.objects.filter(contrat=contrat).order_by("rang"))
    if not dits:
        return []
    releves = list(ReleveDActivite.objects.filter(contrat=contrat).order_by("jour"))
    plafonds = _plafonds(contrat)
    jours = anniversaires(contrat)
    specialite = contrat.medecin.specialite if contrat.medecin is not None else ""
    les_deux = specialite in ("", SpecialiteDeMedecin.MEDECINE_GENERALE)
    lignes = []
    for un in dits:
        # A year is told by the reading nearest to its end: what a later one reached changes nothing of it.
        suivante = jours[un.rang] if jours else date.max
        dernier = min(releves, key=lambda lu: abs((lu.jour - suivante).days), default=None)
        court = suivante > timezone.localdate()
        vise = ObjectifDit(un.mt_depart, un.fa_depart, un.mt_attendu, un.fa_attendu)
        lue = distance(
            vise,
            dernier.mt if dernier else None,
            dernier.fa if dernier else None,
            les_deux=les_deux,
        )
        niveau = ce_qui_est_paye(
            contrat.version_signee, un.rang, plafonds.get(un.rang), lue, court=court
        )
        lignes.append({
            "un": un, "mt": lue.mt, "fa": lue.fa, "niveau": niveau, "releve": dernier,
            "fin": jours[un.rang] - UN_JOUR if jours else None,
        })  # fmt: skip
    return lignes


def _plafonds(contrat: Contrat) -> dict[int, int | None]:
    """The most of each year as its payments are counted now; as it was signed, where none is."""
    lus: dict[int, int | None] = {
        une["annee"]: une["aide_max_cents"] for une in contrat.reponse.get("annees", [])
    }
    comptes: dict[int, list[int | None]] = {}
    for rang, cents in (
        VersementAttendu.objects.filter(contrat=contrat)
        .exclude(etat=EtatDeVersement.SANS_OBJET)
        .order_by("rang", "numero")
        .values_list("rang", "montant_cents")
    ):
        comptes.setdefault(rang, []).append(cents)
    for rang, sommes in comptes.items():
        connus = [un for un in sommes if un is not None]
        lus[rang] = sum(connus) if len(connus) == len(sommes) else None
    return lus


def medecins_du_contrat(contrat: Contrat) -> list[MembreDuContrat]:
    """The doctors of a collective contract."""
    return list(
        MembreDuContrat.objects.filter(contrat=contrat)
        .select_related("medecin")
        .order_by("entree", "pk")
    )


def evenements_du_contrat(
    contrat: Contrat, tenus: Sequence[tuple[PosteDuContrat, str]] = ()
) -> list[dict[str, Any]]:
    """What happened, the last first: to whom, of which duty or payment, with what the rules say that it does."""
    noms = {poste.pk: nom for poste, nom in tenus}
    siens = EvenementDeContrat.objects.filter(contrat=contrat).select_related(
        "annule", "medecin", "annule_par"
    )
    return [
        {
            "un": un,
            "a_qui": noms.get(un.poste_id or 0, ""),
            "de_quoi": _de_quoi(un),
            "rectifie": hasattr(un, "annule_par"),
            "suite": None
            if contrat.signe_le is None
            else suite_dite(base_courante(), un.nature, contrat.signe_le, contrat.genre),
        }
        for un in siens.order_by("-du", "-pk")
    ]


def _de_quoi(evenement: EvenementDeContrat) -> str:
    """The duty that was done, or which payment of which year, in words."""
    code, _, rang = evenement.code.partition(".")
    if evenement.nature == NatureDEvenement.FAIT:
        return minuscule(titre_d_horloge(code))
    if evenement.nature == NatureDEvenement.VERSEMENT and code:
        return f"année {code}" + (f", n° {rang}" if rang not in ("", "1") else "")
    return ""
