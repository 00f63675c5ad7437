"""What the journal says of jobs and groups."""

from __future__ import annotations

from typing import Final

from binome.journal.catalogue import Evenement

EVENEMENTS: Final = (
    Evenement("salarie.ouvert", "Une personne au travail est inscrite, avec ou sans compte."),
    Evenement("salarie.reconnu", "Une personne au travail est reconnue à son compte."),
    Evenement("salarie.detache", "Une personne au travail n’est plus liée à son compte."),
    Evenement("salarie.efface", "Une personne sans emploi dit n’est plus inscrite."),
    Evenement("emploi.dit", "Un emploi est dit."),
    Evenement("emploi.precise", "La part de temps d’un emploi est dite, ou corrigée."),
    Evenement("emploi.fini", "Le dernier jour d’un emploi est dit."),
    Evenement("emploi.retire", "Un emploi n’est plus tenu pour vrai."),
    Evenement("emploi.reuni", "Un emploi rejoint ceux de la même personne."),
    Evenement("emploi.efface", "Un emploi est effacé."),
    Evenement("adhesion.ouverte", "Un cabinet entre dans un groupement."),
    Evenement("adhesion.close", "Un cabinet quitte un groupement."),
)
