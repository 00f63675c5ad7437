"""The small form of the funding page: every question optional, asked in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.habillage.questions import poser
from binome.site.financement.voies import en_peu_de_mots

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.habillage.questions import QuestionPosee
    from binome.regles.metiers.financement import Financement
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte

CHAMPS: Final = (
    "contrat",
    "activite_partielle",
    "age",
    "duree_parcours_mois",
    "heures_semaine",
    "date_avenant_contrat",
    "date_demande_financement",
    "heures_formation",
    "heures_experience_vae",
    "objectif",
    "publics",
)


class ChampDuFinancement(NamedTuple):
    """A question of the form; `compte` when a route or an amount still waits for it."""

    question: QuestionPosee
    compte: bool


class Formulaire(NamedTuple):
    """The fields, and the other answers that the address holds."""

    champs: tuple[ChampDuFinancement, ...]
    cachees: tuple[tuple[str, str], ...]
    fautes: int

    @property
    def ouvert(self) -> bool:
        """Whether to show it at once: something is refused."""
        return self.fautes > 0

    @property
    def titre(self) -> str:
        """What the form is for, and what it still waits for."""
        attendus = [un.question.fait.libelle for un in self.champs if un.compte]
        if not attendus:
            return "Changer vos réponses sur le financement"
        return f"Préciser, pour trancher : {en_peu_de_mots(attendus)}"


def formulaire(
    parcours: ParcoursDeQuestions[Financement], porte: Porte, requete: QueryDict
) -> Formulaire:
    """The form as it was filled, with what cannot be read said beside its field."""
    faits, attendus = parcours.base.faits, frozenset(parcours.reponse.manquants)
    champs = tuple(
        ChampDuFinancement(
            poser(faits[nom], porte, requete.getlist(nom), parcours.refus.get(nom, "")),
            nom in attendus,
        )
        for nom in CHAMPS
    )
    cachees = tuple((nom, un) for nom, un in parcours.paires() if nom not in CHAMPS)
    return Formulaire(champs, cachees, len(parcours.refus))
