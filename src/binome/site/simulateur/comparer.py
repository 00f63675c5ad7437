"""Two answers side by side, by address: what a person said, and what if."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import QueryDict
from django.urls import reverse

from binome.habillage.questions import INCONNU, reponses_de, texte_de
from binome.regles.calendrier import duree_en_clair
from binome.regles.metiers.annonce import duree, phrase
from binome.site.financement import visite
from binome.site.simulateur import hypothese
from binome.site.simulateur.etape import dites
from binome.site.simulateur.heures import dessiner_les_heures
from binome.site.simulateur.vie import vie

if TYPE_CHECKING:
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
        "alertes": len(reponse.alertes),
        "citations": citations,
        "adresse": adresse,
    }


def _ecart(dite: Positionnement, supposee: Positionnement) -> str:
    """What supposing changes to the hours, in one sentence."""
    avant, apres = dite.comptees, supposee.comptees
    if avant is None or apres is None:
        return "Les deux durées ne se comparent pas : l’une n’est pas connue."
    if avant == apres:
        return "Le nombre d’heures est le même."
    sens = "de moins" if apres < avant else "de plus"
    return f"Avec cette hypothèse : {duree_en_clair(abs(avant - apres))} {sens}."


def _changements(dite: dict[str, Any], supposee: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What supposing changes to the answer: of what, before, after."""
    lus = [
        ("La réponse", dite["voie"], supposee["voie"]),
        ("Les heures", dite["duree"] or PAS_CONNUES, supposee["duree"] or PAS_CONNUES),
        ("Qui paie", dite["ouvertes"], supposee["ouvertes"]),
        ("Les pièces à fournir", str(len(dite["pieces"])), str(len(supposee["pieces"]))),
    ]
    return [(quoi, avant, apres) for quoi, avant, apres in lus if avant != apres]


def _champ(vu: ParcoursDeQuestions[Positionnement], nom: str, porte: Porte) -> dict[str, Any]:
    """A field that supposes another answer to one question, with what is supposed now."""
    fait = vu.base.faits[nom]
    valeur = next(iter(vu.reponses.get(nom, [])), "")
    choix = [
        {"code": code, "libelle": libelle, "choisi": code == valeur}
        for code, libelle in reponses_de(fait).items()
    ]
    return {
        "nom": f"{hypothese.SI}{nom}",
        "id": f"si-{nom}",
        "texte": texte_de(fait, porte),
        "sorte": "choix" if choix else fait.type,
        "valeur": "" if valeur == INCONNU else valeur,
        "choix": choix,
    }


def contexte_de_la_comparaison(
    dit: ParcoursDeQuestions[Positionnement],
    suppose: ParcoursDeQuestions[Positionnement] | None,
    porte: Porte,
) -> dict[str, Any]:
    """The context of the page; `suppose` is None before anything is supposed."""
    resultat, comparer = (reverse(nom, args=[porte.code]) for nom in ("resultat", "comparer-deux"))
    faits = dit.base.faits
    vu = suppose or dit
    champs = [nom for nom in SUPPOSABLES if nom in dit.reponses and nom in faits]
    hypotheses = {} if suppose is None else {"differences": hypothese.differences(dit, suppose)}
    en_plus = "" if suppose is None else hypothese.ecarts(dit, suppose)
    dite = _colonne(dit, porte, f"{resultat}?{dit.requete()}")
    supposee = suppose and _colonne(suppose, porte, f"{resultat}?{dit.requete()}&{en_plus}")
    return {
        "porte": porte,
        "dite": dite,
        "supposee": supposee,
        "changements": _changements(dite, supposee) if supposee else [],
        "ecart": suppose and _ecart(dit.reponse, suppose.reponse),
        "faits": dites(dit, porte, reverse("question", args=[porte.code])),
        "champs": [_champ(vu, nom, porte) for nom in champs],
        "cachees": list(dit.paires()),
        "action": comparer,
        "suggestions": [
            {"texte": un.texte, "comparer": f"{comparer}?{hypothese.si(dit, un.bascule)}"}
            for un in dit.reponse.pour_changer
        ],
        "adopter": suppose and f"{resultat}?{suppose.requete()}",
        **hypotheses,
    }
