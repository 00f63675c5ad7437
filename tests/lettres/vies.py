"""The lives of dossiers that the tests play: one row a gesture, with the mails it sends and what each side then sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

SIRET: Final = "73282932000074"
ALICE, ANA, EMMA, LEA, PAUL = (
    f"{nom}@exemple.fr" for nom in ("alice", "ana", "emma", "lea", "paul")
)
DANS_UN_MOIS: Final = timezone.localdate() + timedelta(days=30)
PAGE: Final = "/espace/dossiers/{reference}/"


@dataclass(frozen=True)
class Etape:
    """A gesture, who makes it, the mails it sends (subject, where the link leads), and its line in the story."""

    geste: str
    par: str
    recus: dict[str, tuple[str, str]] = field(default_factory=dict)
    recit: str = ""
    donnees: dict[str, Any] = field(default_factory=dict)
    voient: dict[str, str] = field(default_factory=dict)
    """What a side's page says then; « ! » before what it must not say."""


DECISION: Final = "La décision : accordé"
VIES: Final[dict[str, tuple[Etape, ...]]] = {
    "jusqu’au recours maintenu": (
        Etape("ouvrir", "alice"),
        Etape("ecrire", "alice", recit="Renseignements enregistrés"),
        Etape("joindre", "alice", recit="Pièce ajoutée"),
        Etape("retirer_une_piece", "alice", recit="Pièce retirée"),
        Etape(
            "deposer", "alice",
            {LEA: ("Dossier {reference} : déposé par Organisme A", PAGE),
             ALICE: ("Dossier {reference} : déposé, accusé de réception", PAGE)},
            "Dossier déposé", voient={"lea": "Déposé", "emma": "Déposé"},
        ),
        Etape(
            "associer", "alice",
            {PAUL: ("Dossier {reference} : vous y êtes associé comme employeur", PAGE)},
            "Employeur associé", voient={"paul": "ne vous sont pas montrés"},
        ),
        Etape("preciser_l_emploi", "alice", recit="Temps de travail précisé"),
        Etape("inviter", "alice", recit="Invitation renvoyée",
              donnees={"courriel": "lea.juste@exemple.fr"}, voient={"alice": "lea.juste@exemple.fr"}),
        Etape("inviter", "alice", recit="Invitation renvoyée", donnees={"courriel": LEA}),
        Etape(
            "demander", "emma",
            dict.fromkeys((ALICE, LEA), ("Dossier {reference} : à compléter avant le {jour}", f"{PAGE}pieces/?nature=identite")),
            "Complément demandé",
            {"motif": "Il manque le verso du titre.", "avant": DANS_UN_MOIS.isoformat()},
            voient={"lea": "Il manque le verso du titre.", "alice": "Il manque le verso du titre.",
                    "paul": "!Il manque le verso du titre."},
        ),
        Etape(
            "joindre", "lea",
            {ALICE: ("Dossier {reference} : une pièce est ajoutée, à renvoyer", f"{PAGE}#pieces")},
            "Pièce ajoutée",
        ),
        Etape(
            "completer", "alice",
            {EMMA: ("Dossier {reference} : complété, à examiner", PAGE),
             LEA: ("Dossier {reference} : complété, de nouveau à l’examen", PAGE)},
            "Dossier complété et renvoyé", donnees={"confirme": "oui"},
        ),
        Etape("remettre", "emma",
              {ANA: ("Dossier {reference} : il vous est remis, à examiner", PAGE)}, "Dossier remis à une autre personne",
              voient={"emma": "Ana Exemple l’examine", "lea": "!l’examine", "alice": "!l’examine"}),
        Etape("prendre", "emma", recit="Dossier pris en examen", voient={"alice": "!l’examine"}),
        Etape("rendre", "emma", recit="Dossier rendu", voient={"emma": "Personne n’examine"}),
        Etape("examiner", "emma", recit="Pièce acceptée"),
        Etape("proposer", "emma", recit="Proposition préparée", voient={"lea": f"!{DECISION}"}),
        Etape("decider", "emma", recit="Décision prise : accordé",
              voient={"lea": f"!{DECISION}", "alice": f"!{DECISION}", "paul": f"!{DECISION}"}),
        Etape("annuler", "emma", {}, "Décision annulée", {"motif": "Une erreur de saisie."},
              voient={"lea": "!Une erreur de saisie.", "paul": "!Une erreur de saisie."}),
        Etape("decider", "emma", recit="Décision prise : accordé",
              voient={"lea": f"!{DECISION}", "alice": f"!{DECISION}", "paul": f"!{DECISION}"}),
        Etape(
            "notifier", "la maison",
            {**dict.fromkeys((ALICE, LEA), ("Décision sur le dossier {reference}", "/espace/lettres/{decision}/")),
             PAUL: ("Décision sur le dossier {reference}", PAGE)},
            "Décision notifiée : accordé", voient={"lea": DECISION, "alice": DECISION, "paul": DECISION},
        ),
        Etape(
            "contester", "lea",
            {ANA: ("Dossier {reference} : recours déposé, réponse attendue", f"{PAGE}#repondre"),
             **dict.fromkeys((ALICE, LEA), ("Dossier {reference} : recours déposé, accusé de réception", PAGE))},
            "Recours déposé", {"texte": "Mon titre n’a pas été compté."},
            voient={"emma": "Mon titre n’a pas été compté.", "lea": "Mon titre n’a pas été compté."},
        ),
        Etape(
            "maintenir", "ana",
            dict.fromkeys((ALICE, LEA), ("Dossier {reference} : la décision est maintenue après le recours", PAGE)),
            "Décision maintenue après recours", {"reponse": "Le titre est compté."},
            voient={"lea": "Le titre est compté.", "alice": "Le titre est compté."},
        ),
        Etape(
            "corriger_le_nom", "ana",
            dict.fromkeys((ALICE, LEA), ("Dossier {reference} : le nom est corrigé, la lettre aussi", PAGE)),
            "Nom corrigé",
            {"prenom": "Léa", "nom": "Exemplaire", "motif": "Sa carte d’identité."},
            voient={"alice": "Léa Exemplaire", "lea": "Sa carte d’identité.", "paul": "Léa Exemplaire"},
        ),
        Etape("anonymiser", "la maison"),
    ),
    "revue puis close": (
        Etape("decider", "emma"),
        Etape(
            "notifier", "la maison",
            dict.fromkeys((ALICE, LEA), ("Décision sur le dossier {reference}", "/espace/lettres/{decision}/")),
        ),
        Etape(
            "contester", "alice",
            {ANA: ("Dossier {reference} : recours déposé, réponse attendue", f"{PAGE}#repondre"),
             **dict.fromkeys((ALICE, LEA), ("Dossier {reference} : recours déposé, accusé de réception", PAGE))},
            "Recours déposé", {"texte": "Le titre compte."},
        ),
        Etape(
            "revoir", "ana",
            dict.fromkeys((ALICE, LEA), ("Dossier {reference} : la décision sera revue après le recours", PAGE)),
            "Décision à revoir après recours", {"reponse": "Vous avez raison."},
            voient={"lea": "Vous avez raison."},
        ),
        Etape("decider", "ana", donnees={"confirme": ("lues",)}),
        Etape(
            "notifier", "la maison",
            dict.fromkeys((ALICE, LEA), ("Décision sur le dossier {reference}", "/espace/lettres/{decision}/")),
        ),
        Etape(
            "clore", "emma",
            dict.fromkeys((ALICE, LEA), ("Dossier {reference} : clos", PAGE)),
            "Dossier clos",
        ),
    ),
    "l’examen change de main": (
        Etape("deposer", "alice",
              {LEA: ("Dossier {reference} : déposé par Organisme A", PAGE),
               ALICE: ("Dossier {reference} : déposé, accusé de réception", PAGE)}),
        Etape("prendre", "emma", recit="Dossier pris en examen", voient={"lea": "!pris en examen"}),
        Etape("remettre", "emma",
              {ANA: ("Dossier {reference} : il vous est remis, à examiner", PAGE)}, "Dossier remis à une autre personne"),
        Etape("rendre", "ana", recit="Dossier rendu"),
        Etape("constater", "emma", recit="Absence confirmée sans pièce",
              donnees={"absences": ("afgsu_niveau",)}),
        Etape("se_deporter", "ana", recit="Déport d’une personne de la branche",
              voient={"lea": "!Déport", "ana": "!Préparer la proposition", "emma": "Préparer la proposition"}),
    ),
    "retirée": (
        Etape("deposer", "alice",
              {LEA: ("Dossier {reference} : déposé par Organisme A", PAGE),
               ALICE: ("Dossier {reference} : déposé, accusé de réception", PAGE)}),
        Etape("associer", "alice",
              {PAUL: ("Dossier {reference} : vous y êtes associé comme employeur", PAGE)}),
        Etape(
            "retirer", "lea",
            dict.fromkeys((ALICE, LEA, PAUL), ("Dossier {reference} : retiré", PAGE)),
            "Dossier retiré",
        ),
        Etape(
            "retablir", "lea",
            {LEA: ("Dossier {reference} : rétabli", PAGE),
             ALICE: ("Dossier {reference} : rétabli, à déposer de nouveau", PAGE)},
            "Dossier rétabli", voient={"alice": "Brouillon"},
        ),
        Etape("retirer", "lea", recit="Dossier retiré"),
        Etape("finir_l_emploi", ""),
    ),
    "décidée ailleurs": (
        Etape(
            "accueillir", "alice", {LEA: ("Dossier {reference} : le parcours est ouvert", PAGE)},
            "Parcours décidé hors de Binôme, d’après sa lettre",
            voient={"lea": "La décision a été prise hors de Binôme", "emma": "Positionné hors de Binôme",
                    "alice": "Recopier la lettre"},
        ),
        Etape("terminer", "la maison", recit="Dossier terminé avec son parcours", voient={"alice": "!Recopier la lettre"}),
    ),
}  # fmt: skip
