"""Four ways to be helped, over five years: alone, shared between two, by a groupement, by a telephone secretariat.

The aid is that of the rule base, counted as the page of the aid counts it; a cost is what the person types, and
what nobody typed is unknown, with who knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.agenda.annonce import INCONNU
from binome.agenda.contrat_d_aide import contrat_d_aide
from binome.regles.calendrier import montant_en_clair
from binome.regles.courante import base_courante
from binome.regles.metiers.aide import ANNEES
from binome.site.aide.comparer import colonne
from binome.site.employeur.visite import COUT, MOIS

if TYPE_CHECKING:
    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.regles.faits import Dossier
    from binome.regles.sources import Citation
    from binome.site.employeur.visite import VisiteDEmployeur

OPTION: Final = "option_etp"
PARTS: Final = {"demi": (1, 2), "un": (1, 1)}
"""What each option that may be signed is of a full time; a cost is counted in the same part, and the page says so."""
TEMPS: Final = "vie.temps-de-travail"
GROUPEMENT: Final = "vie.groupement"
PARTAGE: Final = "vie.assistant-partage"
A_DEUX: Final = "eligibilite.assistant-partage"
REMPLACER: Final = "vie.secretaire-2023"
RANG: Final = "bande_activite"
AUCUNE_AIDE: Final = "aucune aide à l’emploi"
FERMEE: Final = "ce contrat d’aide ne vous est pas ouvert, en l’état"


@dataclass(frozen=True, slots=True)
class Facon:
    """One way: what it gives, what it costs over five years, what is left, each in words; `sait` is who knows the rest."""

    titre: str
    obtient: str
    aide: str
    cout: str
    reste: str
    sait: str
    note: str
    annees: tuple[str, ...]
    sources: tuple[Citation, ...]


def _part(cents: int | None, option: str | None) -> int | None:
    """A price of a full time, for the part that an option is; None while either is unknown."""
    if cents is None or option not in PARTS:
        return None
    haut, bas = PARTS[option]
    return (cents * haut + bas // 2) // bas


def _contrat(visite: VisiteDEmployeur, option: str | None, mensuel: int | None) -> ContratDAide:
    """The contract of one doctor, as it was said but for the option and the cost; never a second computation."""
    base = visite.parcours.base
    dits: Dossier = {**visite.parcours.dossier}
    dits |= {OPTION: option, COUT: mensuel, "medecins": 1, "contrat_collectif": False}
    return contrat_d_aide(base, base.completer(dits))


def _sources(*regles: str) -> tuple[Citation, ...]:
    connues = base_courante().entiere.regles
    return tuple(citation for nom in regles for citation in connues[nom].sources)


def _aide(un: ContratDAide, total: str) -> str:
    """The aid of the five years; of the first one alone while the others wait for an answer, or for a source."""
    premiere = un.annees[0].recu if un.annees else None
    if un.total is not None or premiere is None:
        return total
    return f"{montant_en_clair(premiere)} la première année ; la suite est inconnue"


def _facon(
    visite: VisiteDEmployeur,
    titre: str,
    *,
    option: str | None,
    mensuel: int | None,
    brut: int | None,
    obtient: str,
    sait: str,
    note: str,
    regles: tuple[str, ...],
) -> Facon:
    un = _contrat(visite, option, mensuel)
    annuel = None if brut is None or mensuel is not None else MOIS * brut
    dite = colonne(un, reverse("aide-resultat"), annuel)
    total = dite["total"]
    connu = mensuel is not None or annuel is not None
    fermee = un.aide.eligible == "non"
    if fermee:
        # Without an aid, what is left is the whole cost.
        somme = sur_cinq_ans(mensuel, brut)
        total = {"aide": FERMEE, "cout": somme, "reste": somme}
    return Facon(
        titre=titre,
        obtient=obtient,
        aide=_aide(un, total["aide"]),
        cout=total["cout"],
        reste=total["reste"],
        sait="" if connu else sait,
        note=note,
        annees=() if fermee else tuple(dite["annees"]),
        sources=(*un.sources_des_annees, *_sources(*regles)),
    )


def sur_cinq_ans(mensuel: int | None, brut: int | None = None) -> str:
    """What a month costs, over five years, in words; a least where only the gross wage is known."""
    if mensuel is not None:
        return montant_en_clair(mensuel * MOIS * ANNEES)
    return INCONNU if brut is None else f"au moins {montant_en_clair(brut * MOIS * ANNEES)}"


def _telephone(mensuel: int | None) -> Facon:
    """No contract, so no aid; the price that is typed, sixty times."""
    somme = sur_cinq_ans(mensuel)
    return Facon(
        titre="Un secrétariat téléphonique",
        obtient="Des appels pris, sans personne au cabinet. Il ne prépare pas vos consultations.",
        aide=AUCUNE_AIDE,
        cout=somme,
        reste=somme,
        sait="" if mensuel is not None else "Le prix : un prestataire le dit dans son devis.",
        note="Il suffit à remplacer la personne du secrétariat que vous nommez à ce poste.",
        annees=(),
        sources=_sources(REMPLACER),
    )


def facons(visite: VisiteDEmployeur) -> tuple[Facon, ...]:
    """The four ways, over five years. The time is that of the option said; a shared post is a half for each of two."""
    option = visite.parcours.dossier[OPTION]
    dite = option if isinstance(option, str) else None
    plein, brut = visite.prix.get("plein"), visite.prix.get("brut_plein")
    heures = {"demi": "17 h 30 par semaine", "un": "35 h par semaine"}
    temps = heures.get(dite or "", "le temps de votre option")
    paie = "Le salaire et les cotisations : qui tient votre paie les calcule."
    return (
        _facon(
            visite,
            "Chez vous, sans partage",
            option=dite,
            mensuel=_part(plein, dite),
            brut=_part(brut, dite),
            obtient=f"{temps[0].upper()}{temps[1:]}, dans votre cabinet.",
            sait=paie,
            note="Vous êtes l’employeur.",
            regles=(GROUPEMENT, TEMPS),
        ),
        _facon(
            visite,
            "À deux médecins",
            option="demi",
            mensuel=_part(plein, "demi"),
            brut=_part(brut, "demi"),
            obtient="17 h 30 par semaine chacun ; la personne a un temps plein.",
            sait=paie,
            note="Chacun signe son contrat d’aide, à mi-temps, et paie la moitié. Les montants sont pour vous.",
            regles=(PARTAGE, A_DEUX, TEMPS),
        ),
        _facon(
            visite,
            "Par un groupement d’employeurs",
            option=dite,
            mensuel=visite.prix.get("groupement"),
            brut=None,
            obtient=f"{temps[0].upper()}{temps[1:]} ; le groupement emploie et tient la paie.",
            sait="La facture du groupement : il la dit dans son devis.",
            note="Vous recevez l’aide, et la reversez au groupement.",
            regles=(GROUPEMENT, TEMPS),
        ),
        _telephone(visite.prix.get("telephone")),
    )


def contexte_des_couts(visite: VisiteDEmployeur) -> dict[str, Any]:
    """The context of the page: the four ways, and the fields that they wait for."""
    option = visite.parcours.dossier[OPTION]
    base = visite.parcours.base
    return {
        "facons": facons(visite),
        "rangs": base.faits[RANG].valeurs,
        "rang": visite.parcours.dossier[RANG],
        "option": option if isinstance(option, str) else "",
        "options": {"demi": "un mi-temps", "un": "un temps plein"},
        "autre_option": option is not None and option not in PARTS,
        "champs": [
            ("plein", "Un temps plein, cotisations comprises", "Par mois. Qui tient votre paie le calcule."),
            ("brut_plein", "Sinon, le salaire brut d’un temps plein", "Par mois. Le coût sera un minimum."),
            ("groupement", "La facture du groupement", "Par mois, pour le temps choisi."),
            ("telephone", "Le secrétariat téléphonique", "Par mois, d’après son devis."),
        ],
    }  # fmt: skip
