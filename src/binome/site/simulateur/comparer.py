"""Two positionings side by side, by address: what a person said and what if, or two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import QueryDict
from django.urls import reverse

from binome.habillage.questions import a_poser, poser
from binome.regles.calendrier import duree_en_clair
from binome.regles.metiers.annonce import duree, phrase
from binome.site.financement import visite
from binome.site.simulateur import hypothese
from binome.site.simulateur.cote_a_cote import (
    DEUX_PERSONNES,
    HYPOTHESE,
    champ,
    differents,
    suggestion,
)
from binome.site.simulateur.heures import dessiner_les_heures
from binome.site.simulateur.vie import vie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.habillage.questions import QuestionPosee
    from binome.regles.metiers.positionnement import Positionnement
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte

SUPPOSABLES: Final = ("date_entree", "experience_secretaire_mois", "afgsu_niveau", "situation")
"""The answers that the page offers to suppose: what a person or the time may change, of those that were given."""
PAS_CONNUES: Final = "pas encore connues"


def _colonne(
    parcours: ParcoursDeQuestions[Positionnement], porte: Porte, adresse: str
) -> dict[str, Any]:
    reponse = parcours.reponse
    heures = dessiner_les_heures(reponse)
    moins = heures.incertaines if heures else 0
    financement = visite.lire(QueryDict(parcours.requete())).reponse
    voie = reponse.base.certification.voies.get(reponse.voie)
    citations = [
        *(reponse.referentiel.sources if reponse.referentiel else ()),
        *(
            citation
            for un in reponse.motifs
            if un.etape.issue == "oui"
            for citation in un.citations
        ),
    ]
    return {
        "phrase": phrase(reponse, tiers=porte.tiers),
        "heures": heures,
        "duree": None if reponse.comptees is None else duree(reponse),
        "vie": vie(reponse.au, reponse.minutes["total"], moins, None),
        "au": reponse.au,
        "qui_paie": visite.phrase(financement),
        "ouvertes": visite.ouvertes(financement),
        "voie": "pas encore de réponse" if voie is None else voie.court,
        "pieces": reponse.pieces,
        "citations": citations,
        "adresse": adresse,
    }


def _ecart(avant: int | None, apres: int | None, debut: str) -> str:
    """What the second answer changes to the hours, in one sentence."""
    if avant is None or apres is None:
        return "Les deux durées ne se comparent pas : l’une n’est pas connue."
    if avant == apres:
        return "Le nombre d’heures est le même."
    sens = "de moins" if apres < avant else "de plus"
    return f"{debut} : {duree_en_clair(abs(avant - apres))} {sens}."


def _changements(dite: dict[str, Any], supposee: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What differs between two answers: of what, before, after."""
    return differents(
        [
            ("La réponse", dite["voie"], supposee["voie"]),
            ("Les heures", dite["duree"] or PAS_CONNUES, supposee["duree"] or PAS_CONNUES),
            ("Qui paie", dite["ouvertes"], supposee["ouvertes"]),
            ("Les pièces à fournir", str(len(dite["pieces"])), str(len(supposee["pieces"]))),
        ]
    )


def contexte_de_la_comparaison(
    dit: ParcoursDeQuestions[Positionnement],
    suppose: ParcoursDeQuestions[Positionnement] | None,
    porte: Porte,
) -> dict[str, Any]:
    """The context of the page; `suppose` is None before anything is supposed."""
    resultat, comparer = (reverse(nom, args=[porte.code]) for nom in ("resultat", "comparer-deux"))
    vu = suppose or dit
    champs = [nom for nom in SUPPOSABLES if nom in dit.reponses and nom in dit.base.faits]
    en_plus = "" if suppose is None else hypothese.ecarts(dit, suppose)
    dite = _colonne(dit, porte, f"{resultat}?{dit.requete()}")
    supposee = suppose and _colonne(suppose, porte, f"{resultat}?{dit.requete()}&{en_plus}")
    return {
        "porte": porte,
        "mots": HYPOTHESE,
        "dite": dite,
        "supposee": supposee,
        "changements": _changements(dite, supposee) if supposee else [],
        "ecart": suppose
        and _ecart(dit.reponse.comptees, suppose.reponse.comptees, "Avec cette hypothèse"),
        "champs": [champ(vu, nom, porte) for nom in champs],
        "cachees": list(dit.paires()),
        "action": comparer,
        "suggestions": [
            suggestion(dit, comparer, un.bascule, un.texte) for un in dit.reponse.pour_changer
        ],
        "adopter": suppose and f"{resultat}?{suppose.requete()}",
        "differences": hypothese.differences(dit, suppose) if suppose else [],
        "autrement": f"{comparer}?{dit.requete()}&{hypothese.PERSONNES}={hypothese.DEUX}"
        if porte.tiers
        else "",
    }


def _questions(
    dit: ParcoursDeQuestions[Positionnement],
    autre: ParcoursDeQuestions[Positionnement],
    porte: Porte,
) -> Iterator[QuestionPosee]:
    """What the page asks of the second person: what was asked of the first, then what her own answers ask for."""
    faits = dit.base.faits
    attendus = [un for un in autre.reponse.manquants if a_poser(un, autre.reponses)]
    for nom in dict.fromkeys((*dit.reponses, *attendus)):
        if nom not in faits or faits[nom].interne:
            continue
        saisies = autre.reponses.get(nom, [])
        yield poser(faits[nom], porte, saisies, autre.refus.get(nom, ""), hypothese.SI)


def contexte_de_deux_personnes(
    dit: ParcoursDeQuestions[Positionnement],
    autre: ParcoursDeQuestions[Positionnement],
    porte: Porte,
    *,
    repondu: bool,
) -> dict[str, Any]:
    """The same page for two people: the second one's answers are her own, and lead to her own answer."""
    resultat, comparer = (reverse(nom, args=[porte.code]) for nom in ("resultat", "comparer-deux"))
    dite = _colonne(dit, porte, f"{resultat}?{dit.requete()}")
    lisible = repondu and not autre.refus
    seconde = _colonne(autre, porte, f"{resultat}?{autre.requete()}") if lisible else None
    return {
        "porte": porte,
        "mots": DEUX_PERSONNES,
        "dite": dite,
        "supposee": seconde,
        "changements": _changements(dite, seconde) if seconde else [],
        "ecart": seconde
        and _ecart(dit.reponse.comptees, autre.reponse.comptees, "Pour la deuxième personne"),
        "questions": list(_questions(dit, autre, porte)),
        "cachees": [*dit.paires(), (hypothese.PERSONNES, hypothese.DEUX)],
        "action": comparer,
        "differences": hypothese.differences(dit, autre) if seconde else [],
    }
