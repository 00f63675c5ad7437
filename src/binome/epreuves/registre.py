"""What the room keeps of people: épreuves, grids, measures, opinions; all of it leans on the dossier of the path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.epreuves.etats import EtatDePassation
from binome.epreuves.flows import AMENAGEMENTS, AVIS, GRILLES, PASSATIONS, VERDICTS
from binome.epreuves.models import (
    Amenagement,
    AttestationAfgsu,
    AvisDeTuteur,
    Grille,
    Passation,
    VerdictDeCompetence,
)
from binome.gestes.oubli import oublier_et_redire
from binome.gestes.services import faire_par_la_maison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.parcours.models import Parcours

GARDE: Final = "epreuves.garde"
"""The entry that tells again what stays of a grid."""


def archiver(dossier: Dossier) -> dict[str, Any]:
    """What the archive of the person tells: their épreuves and grids, what was granted, the tutor's opinion, their AFGSU."""
    passations = Passation.objects.filter(parcours__dossier=dossier).order_by("pk")
    amenagements = Amenagement.objects.filter(parcours__dossier=dossier).order_by("pk")
    verdicts = VerdictDeCompetence.objects.filter(grille__passation__parcours__dossier=dossier)
    avis = AvisDeTuteur.objects.filter(parcours__dossier=dossier).order_by("pk")
    attestations = AttestationAfgsu.objects.filter(parcours__dossier=dossier).order_by("pk")
    return {
        "passations": [
            {
                "epreuve": une.epreuve,
                "bloc": une.bloc,
                "tentative": une.tentative,
                "etat": une.etat_dit,
                "debut": une.debut,
                "fin": une.fin,
                "minutes_des_parties": une.parties,
                "raison": une.get_raison_display(),
                "convoquee_le": une.convoquee_le,
            }
            for une in passations
        ],
        "amenagements": [
            {
                "epreuve": un.epreuve,
                "mesure": un.get_mesure_display(),
                "temps_en_plus": str(un.temps) if un.temps else "",
                "precision": un.precision,
                "etat": un.etat_dit,
                "accorde_le": un.accorde_le,
                "retire_le": un.retire_le,
            }
            for un in amenagements
        ],
        "grilles": [
            {
                "epreuve": un.grille.passation.epreuve,
                "tentative": un.grille.passation.tentative,
                "grille": str(un.grille.uid),
                "etat": un.grille.etat_dit,
                "remplie_le": un.grille.remplie_le,
                "competence": un.competence,
                "verdict": un.get_verdict_display(),
                "observation": un.observation,
            }
            for un in verdicts.select_related("grille__passation").order_by("grille", "pk")
        ],
        "avis_du_tuteur": [
            {
                "bloc": un.bloc,
                "avis": un.get_verdict_display(),
                "observation": un.observation,
                "etat": un.etat_dit,
                "donne_le": un.donne_le,
            }
            for un in avis
        ],
        "attestations_afgsu": [
            {"obtenue_le": une.obtenue_le, "cesu": une.cesu, "etat": une.etat_dit}
            for une in attestations
        ],
    }


def effacer(dossier: Dossier) -> None:
    """Forgets each sentence written of the person; verdicts and hours stay, which name nobody."""
    siennes = Grille.objects.filter(passation__parcours__dossier=dossier)
    faire_par_la_maison(GRILLES, "effacer", list(siennes.order_by("pk")))
    oublier_et_redire(siennes, GARDE, motif="dossier effacé")
    dits = VerdictDeCompetence.objects.filter(grille__passation__parcours__dossier=dossier)
    faire_par_la_maison(VERDICTS, "effacer", list(dits.order_by("pk")))
    oublier_et_redire(dits, GARDE, motif="dossier effacé")
    amenagements = Amenagement.objects.filter(parcours__dossier=dossier)
    faire_par_la_maison(AMENAGEMENTS, "effacer", list(amenagements.order_by("pk")))
    oublier_et_redire(amenagements, GARDE, motif="dossier effacé")
    avis = AvisDeTuteur.objects.filter(parcours__dossier=dossier)
    faire_par_la_maison(AVIS, "effacer", list(avis.order_by("pk")))
    oublier_et_redire(avis, GARDE, motif="dossier effacé")


def finir_avec_le_parcours(passages: Sequence[Passage[Parcours]], _: Auteur) -> None:
    """Cancels what was planned of paths that ended: nobody waits for them any more."""
    prevues = Passation.objects.filter(
        parcours__in=[un.objet.pk for un in passages], etat=EtatDePassation.PREVUE
    )
    faire_par_la_maison(PASSATIONS, "finir", list(prevues.order_by("pk")))
