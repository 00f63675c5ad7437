"""What the room keeps of people: those presented lean on their dossier, those who sit are erased by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.gestes.auteur import Maison
from binome.gestes.oubli import oublier_et_redire
from binome.gestes.passage import Passage
from binome.gestes.services import faire_par_la_maison, faire_tous
from binome.jurys.etats import EtatDeMembre, EtatDePresentation
from binome.jurys.flows import DECISIONS, MEMBRES, PRESENTATIONS, RECOURS, VAES
from binome.jurys.models import (
    DecisionDeBloc,
    DemarcheVae,
    MembreDeJury,
    PlaceAuJury,
    Presentation,
    RecoursDeJury,
)
from binome.socle.sort_des_champs import (
    CODE,
    DE_LA_BRANCHE,
    DOSSIER,
    EMPREINTE,
    FAITS,
    MORALE,
    Declaration,
    Sort,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.socle.sort_des_champs import Champs

GARDE: Final = "jurys.garde"
"""The entry that tells again what stays of somebody presented."""
DU_MEMBRE: Final = Declaration(
    Sort.SEUL, "Effacé par la branche, ou quand la personne clôt son compte."
)
QUI_A_SIEGE: Final = Declaration(
    Sort.GARDE,
    "Le procès-verbal prouve qui a siégé : il garde leurs noms, et ne connaît les personnes candidates que par leur dossier.",
)
CHAMPS: Final[Champs] = {
    "jurys.Jury": {
        "etat": CODE, "certification": CODE, "jour": MORALE, "heure": MORALE, "lieu": MORALE,
        "departement": CODE,
    },
    "jurys.ReglementDeJury": {"etat": CODE, "du": DE_LA_BRANCHE, "source": DE_LA_BRANCHE},
    "jurys.MembreDeJury": {
        "etat": CODE, "prenom": DU_MEMBRE, "nom": DU_MEMBRE, "courriel": DU_MEMBRE, "college": CODE,
        "organismes": DU_MEMBRE, "employeurs": DU_MEMBRE, "connus": DU_MEMBRE, "jours": DU_MEMBRE,
        "departement": DU_MEMBRE,
    },
    "jurys.PlaceAuJury": {"etat": CODE, "raisons": CODE, "rendez_vous": CODE},
    "jurys.Presentation": {"etat": CODE, "referentiel": CODE, "blocs": CODE},
    "jurys.DecisionDeBloc": {
        "etat": CODE, "issue": CODE, "raison": DOSSIER, "recommandation": DOSSIER, "proposee": FAITS,
        "base": EMPREINTE, "ecartes": CODE,
    },
    "jurys.ProcesVerbal": {
        "etat": CODE, "dit": QUI_A_SIEGE, "fichier": CODE, "empreinte": EMPREINTE,
    },
    "jurys.RecoursDeJury": {"etat": CODE, "texte": DOSSIER, "reponse": DOSSIER},
    "jurys.DemarcheVae": {
        "etat": CODE, "referentiel": CODE, "regle": FAITS, "base": EMPREINTE, "motif": DOSSIER,
        "accompagnement": DOSSIER, "livret_le": DOSSIER, "entretien_le": DOSSIER,
    },
}  # fmt: skip


def archiver(dossier: Dossier) -> dict[str, Any]:
    """What the archive of the person tells: each jury, what it decided and why once closed, appeals, requests by experience."""
    presentations = Presentation.objects.filter(parcours__dossier=dossier).select_related("jury")
    closes = DecisionDeBloc.objects.filter(presentation__parcours__dossier=dossier)
    recours = RecoursDeJury.objects.filter(presentation__parcours__dossier=dossier)
    return {
        "presentations": [
            {
                "jury": une.jury.jour,
                "etat": une.etat_dit,
                "tentative": une.tentative,
                "blocs": une.blocs,
            }
            for une in presentations.order_by("pk")
        ],
        "decisions": [
            {
                "bloc": une.bloc,
                "issue": une.get_issue_display(),
                "etat": une.etat_dit,
                "raison": une.raison,
                "recommandation": une.recommandation,
                "voix_pour": une.pour,
                "voix_contre": une.contre,
                "votants": une.presents,
                "decidee_le": une.decidee_le,
            }
            for une in closes.filter(presentation__jury__clos_le__isnull=False).order_by("pk")
        ],
        "recours": [
            {
                "texte": un.texte,
                "reponse": un.reponse,
                "etat": un.etat_dit,
                "depose_le": un.depose_le,
            }
            for un in recours.order_by("pk")
        ],
        "vae": [
            {
                "etat": une.etat_dit,
                "heures": une.heures,
                "demandee_le": une.demandee_le,
                "motif": une.motif,
                "accompagnement": une.accompagnement,
                "livret_le": une.livret_le,
                "entretien_le": une.entretien_le,
            }
            for une in DemarcheVae.objects.filter(dossier=dossier).order_by("pk")
        ],
    }


def effacer(dossier: Dossier) -> None:
    """Forgets each word; what was decided and how many voted stay, which name nobody. Nobody is presented any more."""
    presentees = Presentation.objects.filter(
        parcours__dossier=dossier, etat=EtatDePresentation.A_EXAMINER
    ).exclude(decisions__isnull=False)
    faire_par_la_maison(
        PRESENTATIONS, "retirer", list(presentees.select_related("jury").order_by("pk"))
    )
    decisions = DecisionDeBloc.objects.filter(presentation__parcours__dossier=dossier)
    recours = RecoursDeJury.objects.filter(presentation__parcours__dossier=dossier)
    vaes = DemarcheVae.objects.filter(dossier=dossier)
    faire_par_la_maison(DECISIONS, "effacer", list(decisions.order_by("pk")))
    faire_par_la_maison(RECOURS, "effacer", list(recours.order_by("pk")))
    faire_par_la_maison(VAES, "effacer", list(vaes.order_by("pk")))
    for lues in (decisions, recours, vaes):
        oublier_et_redire(lues, GARDE, motif="dossier effacé")


def en_archive(personne: Personne) -> list[dict[str, Any]]:
    """What branches say of a person who sits in their juries, and where they had a seat, as their own archive tells it."""
    siens = MembreDeJury.objects.filter(compte=personne).select_related("branche")
    return [
        {
            "branche": un.branche.nom,
            "prenom": un.prenom,
            "nom": un.nom,
            "courriel": un.courriel,
            "college": un.get_college_display(),
            "exterieur": un.exterieur,
            "organismes": un.organismes,
            "employeurs": un.employeurs,
            "jours": un.jours,
            "departement": un.departement,
            "declare_le": un.declare_le,
            "jurys": [
                {"jour": une.jury.jour, "place": une.etat_dit}
                for une in PlaceAuJury.objects.filter(membre=un).select_related("jury")
            ],
        }
        for un in siens.order_by("pk")
    ]


def effacer_les_membres(membres: Sequence[MembreDeJury], *, auteur: str) -> None:
    """Takes off the names of some jurors, and destroys their keys."""
    for un in membres:
        faire_tous(MEMBRES, "effacer", [Passage(un, un.version)], Maison(auteur))


def oublier_personne(personne: Personne, auteur: str) -> None:
    """Takes the name of a person off every branch where they sit."""
    siens = MembreDeJury.objects.filter(compte=personne).exclude(etat=EtatDeMembre.EFFACE)
    effacer_les_membres(list(siens.order_by("pk")), auteur=auteur)


def refaire(numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:  # noqa: ARG001 - as every holder is called
    """Erases a juror again in a restored database; False when it was done, None when they are not there."""
    un = MembreDeJury.objects.filter(pk=numero).first()
    if un is None or un.repere != repere:
        return None
    if un.etat == EtatDeMembre.EFFACE:
        return False
    effacer_les_membres([un], auteur=auteur)
    return True
