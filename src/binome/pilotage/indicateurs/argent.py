"""What is committed, invoiced, paid and left, and what one qualified person costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DE_L_ARGENT,
    A,
    IndicateurSuivi,
    Mesuree,
    Pourquoi,
    UniteDeMesure,
    somme,
)

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes


def engage(faits: FaitsComptes) -> Mesuree:
    """The most that agreements may cost, in cents."""
    return somme([un.engage for un in faits.argent])


def facture(faits: FaitsComptes) -> Mesuree:
    """What was invoiced, credit notes taken off, in cents."""
    return somme([un.facture for un in faits.argent])


def paye(faits: FaitsComptes) -> Mesuree:
    """What payments matched, in cents."""
    return somme([un.paye for un in faits.argent])


def reste(faits: FaitsComptes) -> Mesuree:
    """What is committed and not invoiced yet, in cents, where the commitment is known."""
    return somme([None if un.engage is None else un.engage - un.facture for un in faits.argent])


def par_qualifie(faits: FaitsComptes) -> Mesuree:
    """What was invoiced for one qualified person, in cents; those on the way cost too."""
    qualifies = sum(un.titre_le is not None for un in faits.parcours)
    total = sum(un.facture for un in faits.argent)
    if not qualifies:
        return Mesuree(None, total, 0, pourquoi=Pourquoi.RIEN)
    return Mesuree((2 * total + qualifies) // (2 * qualifies), total, qualifies)


ENGAGE: Final = IndicateurSuivi(
    code="engage",
    nom="Engagé",
    question="L’argent",
    definition="Le plus que peuvent coûter les prises en charge accordées, salaires compris.",
    numerateur="Centimes engagés",
    denominateur="",
    date_dite="Le jour de la réponse",
    unite=UniteDeMesure.CENTS,
    voient=frozenset({A.OPCO, A.BRANCHE, A.ORGANISME}),
    genres=DE_L_ARGENT,
    mesurer=engage,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)

FACTURE: Final = IndicateurSuivi(
    code="facture",
    nom="Facturé",
    question="L’argent",
    definition="Les factures émises, moins les avoirs, sous les prises en charge accordées.",
    numerateur="Centimes facturés",
    denominateur="",
    date_dite="Le jour de la facture",
    unite=UniteDeMesure.CENTS,
    voient=frozenset({A.OPCO, A.BRANCHE, A.ORGANISME}),
    genres=DE_L_ARGENT,
    mesurer=facture,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)

PAYE: Final = IndicateurSuivi(
    code="paye",
    nom="Payé",
    question="L’argent",
    definition="Les règlements rapprochés d’une facture.",
    numerateur="Centimes payés",
    denominateur="",
    date_dite="Le jour du règlement",
    unite=UniteDeMesure.CENTS,
    voient=frozenset({A.OPCO, A.BRANCHE, A.ORGANISME}),
    genres=DE_L_ARGENT,
    mesurer=paye,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)

RESTE: Final = IndicateurSuivi(
    code="reste_engage",
    nom="Engagé, pas encore facturé",
    question="L’argent",
    definition="Ce qui est engagé, moins ce qui est facturé.",
    numerateur="Centimes engagés et non facturés",
    denominateur="",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.CENTS,
    voient=frozenset({A.OPCO, A.BRANCHE, A.ORGANISME}),
    genres=DE_L_ARGENT,
    mesurer=reste,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)

PAR_QUALIFIE: Final = IndicateurSuivi(
    code="cout_par_qualifie",
    nom="Facturé par personne qualifiée",
    question="L’argent",
    definition="Tout ce qui est facturé, pour une personne qualifiée. Les parcours en cours coûtent aussi : le rapport baisse quand ils aboutissent.",
    numerateur="Centimes facturés",
    denominateur="Personnes qualifiées",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.CENTS,
    voient=frozenset({A.OPCO, A.BRANCHE, A.ORGANISME}),
    genres=DE_L_ARGENT,
    mesurer=par_qualifie,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)
