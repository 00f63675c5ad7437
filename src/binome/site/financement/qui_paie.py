"""What the page « Qui paie ? » shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from binome.regles.courante import base_courante
from binome.regles.metiers.annonce import phrase as phrase_du_positionnement
from binome.site.financement.formulaire import CHAMPS, formulaire
from binome.site.financement.visite import phrase, suite
from binome.site.financement.voies import (
    TITRES,
    montrer,
    postes_comptes,
    une_phrase_chacune,
    versements,
)
from binome.site.simulateur import hypothese
from binome.site.simulateur.etape import a_repondre, dites
from binome.site.simulateur.parcours import lire as lire_le_positionnement
from binome.site.simulateur.resultat import signaler
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from binome.regles.metiers.financement import Financement
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte
    from binome.socle.demande import Demande


def contexte(
    parcours: ParcoursDeQuestions[Financement],
    porte: Porte,
    request: Demande,
    dit: ParcoursDeQuestions[Financement] | None = None,
) -> dict[str, Any]:
    """The context of the page; `dit` is what was said, where the answer is that of a « what if »."""
    un = parcours.reponse
    adresse = reverse("qui-paie", args=[porte.code])
    question = reverse("question", args=[porte.code])
    requete = parcours.requete()
    vue = hypothese.vue(request.GET)
    positionnement = lire_le_positionnement(base_courante(), vue).reponse
    referentiel = positionnement.referentiel
    titres = TITRES[porte.code]
    comptes = postes_comptes(un)
    brefs = une_phrase_chacune(un)
    verses = versements(un) if porte.code == "organisme" else []
    d_abord = [nom for nom in un.manquants if nom not in CHAMPS]
    return {
        "porte": porte,
        "hypothese": dit and hypothese.encart(dit, parcours, adresse, phrase(dit.reponse)),
        "phrase": phrase(un),
        "suite": suite(un),
        "en_bref": brefs,
        "sources_en_bref": [citation for une in brefs for citation in une["sources"]],
        "au": un.au,
        "positionnement": phrase_du_positionnement(positionnement, tiers=porte.tiers),
        "sources_du_positionnement": referentiel.sources if referentiel else (),
        "formulaire": formulaire(parcours, porte, vue),
        "manquants": a_repondre(parcours, porte, question, d_abord),
        "voies": [montrer(voie, parcours, adresse, porte.code) for voie in un.par_issue],
        "colonnes": [*(titres[poste] for poste in comptes), "Pourquoi"],
        "nombre_de_colonnes": len(comptes) + 2,
        "sans_formule": [titre for poste, titre in titres.items() if poste not in comptes],
        "versements": verses,
        "sources_des_versements": [citation for verse in verses for citation in verse.citations],
        "faits": dites(parcours, porte, question),
        "signaler": signaler("qui paie", base_courante().empreinte),
        "retour": f"{reverse('resultat', args=[porte.code])}?{requete}",
        "adresse": adresse_entiere(f"{adresse}?{requete}"),
        "action": f"{adresse}#voies",
    }
