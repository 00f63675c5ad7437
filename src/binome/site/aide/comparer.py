"""Two aid contracts side by side, by address: the one that was said, and another option, another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from binome.agenda.annonce import aide_en_clair, objectifs, phrase
from binome.regles.calendrier import montant_en_clair
from binome.regles.metiers.aide import SUITE
from binome.site.aide.montants import brut_de, total
from binome.site.simulateur import hypothese
from binome.site.simulateur.cote_a_cote import HYPOTHESE, champ, differents, suggestion

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte

SUPPOSABLES: Final = (
    "option_etp",
    "date_signature_contrat_aide",
    "bande_activite",
    "medecins",
    "contrat_collectif",
    "salaire_charge_mensuel_cents",
)
"""The answers that the page offers to suppose: what is chosen, or what time changes, of those that were given."""
OPTION: Final = "option_etp"
COURANTES: Final = {"demi": "Et avec un mi-temps ?", "un": "Et avec un temps plein ?"}
OUVERT: Final = {"oui": "ouvert", "non": "fermé en l’état", "indetermine": "à confirmer"}


def colonne(un: ContratDAide, adresse: str, brut: int | None) -> dict[str, Any]:
    """One contract as a column; `brut` is a gross wage by the year, read where the whole cost is not known."""
    vises = objectifs(un)
    option = un.dossier[OPTION]
    return {
        "phrase": phrase(un),
        "ouvert": OUVERT[un.aide.eligible],
        "signature": un.aide.signature,
        "option": "" if option is None else un.base.faits[OPTION].en_mots(option),
        "total": total(un, un.cout, brut if un.cout is None else None),
        "annees": [aide_en_clair(un, une) for une in un.annees],
        "objectifs": vises.phrases if vises else (),
        "citations": [*un.sources_des_annees, *(vises.sources if vises else ())],
        "adresse": adresse,
    }


def _ecart(dit: ContratDAide, suppose: ContratDAide) -> str:
    """What supposing changes to the aid of the five years, in one sentence."""
    avant, apres = dit.total, suppose.total
    if avant is None or apres is None:
        return "Les deux aides ne se comparent pas : l’une n’est pas connue."
    if avant == apres:
        return "L’aide des cinq ans est la même."
    sens = "en moins" if apres < avant else "en plus"
    return f"Avec cette hypothèse : {montant_en_clair(abs(avant - apres))} d’aide {sens}, sur cinq ans."


def _options(
    dit: ParcoursDeQuestions[ContratDAide],
    vu: ParcoursDeQuestions[ContratDAide],
    comparer: str,
) -> list[dict[str, str]]:
    """The other common option, one touch away; none while it is the one that is compared."""
    choisie = dit.dossier[OPTION]
    return [
        {"texte": texte, "comparer": f"{comparer}?{dit.requete()}&{hypothese.SI}{OPTION}={code}"}
        for code, texte in COURANTES.items()
        if choisie is not None and code not in (choisie, vu.dossier[OPTION])
    ]


def contexte_de_la_comparaison(
    dit: ParcoursDeQuestions[ContratDAide],
    suppose: ParcoursDeQuestions[ContratDAide] | None,
    porte: Porte,
    requete: QueryDict,
) -> dict[str, Any]:
    """The context of the page; `suppose` is None before anything is supposed."""
    resultat, comparer = reverse("aide-resultat"), reverse("aide-comparer")
    brut, _ = brut_de(requete, dit.base.faits["salaire_charge_mensuel_cents"])
    gardes = [("brut", requete["brut"])] if brut is not None else []
    dite_requete = "&".join(un for un in (dit.requete(), urlencode(gardes)) if un)
    en_plus = "" if suppose is None else hypothese.ecarts(dit, suppose)
    dite = colonne(dit.reponse, f"{resultat}?{dite_requete}", brut)
    supposee = (
        None
        if suppose is None
        else colonne(suppose.reponse, f"{resultat}?{dite_requete}&{en_plus}", brut)
    )
    lus = [] if supposee is None else [
        ("Le contrat d’aide", dite["ouvert"], supposee["ouvert"]),
        ("L’aide sur cinq ans", dite["total"]["aide"], supposee["total"]["aide"]),
        ("Le coût du poste sur cinq ans", dite["total"]["cout"], supposee["total"]["cout"]),
        ("Le reste à payer sur cinq ans", dite["total"]["reste"], supposee["total"]["reste"]),
    ]  # fmt: skip
    return {
        "porte": porte,
        "mots": HYPOTHESE,
        "dite": dite,
        "supposee": supposee,
        "changements": differents(lus),
        "ecart": suppose and _ecart(dit.reponse, suppose.reponse),
        "champs": [champ(suppose or dit, nom, porte) for nom in SUPPOSABLES if nom in dit.reponses],
        "cachees": [*dit.paires(), *gardes],
        "action": comparer,
        "suggestions": _options(dit, suppose or dit, comparer)
        + [
            suggestion(dit, comparer, un, un.en_clair(SUITE))
            for un in dit.reponse.aide.pour_changer
        ],
        "adopter": suppose and f"{resultat}?{suppose.requete()}",
        "differences": hypothese.differences(dit, suppose) if suppose else [],
    }
