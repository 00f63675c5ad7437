"""What the room keeps of people: who is a tutor, what the pair said and signed; it leans on the dossier of the path."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from binome.gestes.oubli import oublier_et_redire
from binome.gestes.services import faire_par_la_maison
from binome.livret.etats import (
    CoteDuBinome,
    EtatDAbonnement,
    EtatDeGlissement,
    EtatDeTutorat,
    MoyenDeCarte,
)
from binome.livret.flows import ABONNEMENTS, APPRECIATIONS, GLISSEMENTS, TUTORATS
from binome.livret.models import (
    AbonnementDAppareil,
    Appreciation,
    CarteScannee,
    Glissement,
    RappelDeCarte,
    SignatureDeCarte,
    Tutorat,
)
from binome.livret.papier_flux import SCANS
from binome.livret.rayons import DESSINS
from binome.parcours.models import Parcours

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.etagere.rayon import Rayon

GARDE: Final = "livret.garde"
"""The entry that tells again what stays of a card."""


def archiver(dossier: Dossier) -> dict[str, Any]:
    """What the archive of the person tells: their tutors, each card, what was said and by which of the two, who signed."""
    appreciations = Appreciation.objects.filter(carte__parcours__dossier=dossier)
    signatures = SignatureDeCarte.objects.filter(carte__parcours__dossier=dossier)
    glissements = Glissement.objects.filter(appreciation__carte__parcours__dossier=dossier)
    tutorats = Tutorat.objects.filter(parcours__dossier=dossier)
    return {
        "tutorats": [
            {"employeur": un.employeur.nom, "nomme_le": un.nomme_le, "fini_le": un.fini_le}
            for un in tutorats.select_related("employeur").order_by("pk")
        ],
        "appreciations": [
            {
                "semaine": une.carte.semaine,
                "competence": une.competence,
                "reponse": une.get_valeur_display(),
                "phrase": une.phrase,
                "par": une.get_cote_display(),
                "etat": une.etat_dit,
                "dite_le": une.dite_le,
                "recue_le": une.recue_le,
                "appareil": une.appareil,
            }
            for une in appreciations.select_related("carte").order_by("carte__semaine", "pk")
        ],
        "signatures": [
            {
                "semaine": une.carte.semaine,
                "par": une.get_cote_display(),
                "comment": une.get_moyen_display(),
                "etat": une.etat_dit,
                "signee_le": une.signee_le,
                "recue_le": une.recue_le,
                "empreinte": une.empreinte,
                "dessin": une.image,
            }
            for une in signatures.select_related("carte").order_by("carte__semaine", "pk")
        ],
        "cartes_scannees": [
            {
                "semaines": sorted(une.semaines),
                "etat": une.etat_dit,
                "deposee_le": une.deposee_le,
                "empreinte": une.empreinte,
                "fichier": une.fichier,
            }
            for une in CarteScannee.objects.filter(parcours__dossier=dossier).order_by("pk")
        ],
        "rappels": [
            {"jour": un.jour, "heure": un.heure, "etat": un.etat_dit, "derniere": un.derniere}
            for un in RappelDeCarte.objects.filter(
                parcours__dossier=dossier, personne=dossier.candidat
            ).order_by("pk")
        ],
        "taches_signalees": [
            {
                "tache": un.tache,
                "etat": un.etat_dit,
                "dit_le": un.dit_le,
                "transmis_le": un.transmis_le,
            }
            for un in glissements.order_by("pk")
        ],
    }


def fichiers(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """The scans of their printed cards, and the signatures that they drew, with their names in the archive."""
    scans = CarteScannee.objects.filter(parcours__dossier__candidat=personne).exclude(fichier="")
    dessins = SignatureDeCarte.objects.filter(
        carte__parcours__dossier__candidat=personne,
        cote=CoteDuBinome.STAGIAIRE,
        moyen=MoyenDeCarte.DESSIN,
    )
    return [
        (
            SCANS,
            une.fichier,
            f"{une.parcours.dossier.reference}/cartes/{une.pk}{PurePosixPath(une.fichier).suffix}",
        )
        for une in scans.select_related("parcours__dossier").order_by("pk")
    ] + [
        (DESSINS, une.image, f"{une.carte.parcours.dossier.reference}/signatures/{une.pk}.png")
        for une in dessins.select_related("carte__parcours__dossier").order_by("pk")
    ]


def effacer(dossier: Dossier) -> None:
    """Forgets each sentence and the device where it was said; what was ticked and that it was signed stay, which name nobody.

    The drawings leave their shelf with the dossier's other files. A tutor is one no longer.
    """
    nommes = Tutorat.objects.filter(parcours__dossier=dossier, etat=EtatDeTutorat.NOMME)
    faire_par_la_maison(TUTORATS, "finir", list(nommes.order_by("pk")))
    # A phone may be sending: what it says comes before, and goes, or after, and is refused.
    tenus = Parcours.objects.select_for_update(of=("self",)).filter(dossier=dossier)
    list(tenus.order_by("pk"))
    dits = Glissement.objects.filter(
        appreciation__carte__parcours__dossier=dossier, etat=EtatDeGlissement.DIT
    )
    faire_par_la_maison(GLISSEMENTS, "retirer", list(dits.order_by("pk")))
    lues = Appreciation.objects.filter(carte__parcours__dossier=dossier)
    faire_par_la_maison(APPRECIATIONS, "effacer", list(lues.order_by("pk")))
    oublier_et_redire(lues, GARDE, motif="dossier effacé")


def appareils_en_archive(personne: Personne) -> list[dict[str, Any]]:
    """The devices that a person lets us wake, as their own archive tells them."""
    siens = AbonnementDAppareil.objects.filter(personne=personne, etat=EtatDAbonnement.OUVERT)
    return [{"adresse": un.adresse, "ouvert_le": un.ouvert_le} for un in siens.order_by("pk")]


def oublier_personne(personne: Personne, auteur: str) -> None:
    """Forgets where a person's devices are reached, and the key of each row."""
    siens = AbonnementDAppareil.objects.filter(personne=personne)
    ouverts = siens.filter(etat=EtatDAbonnement.OUVERT)
    faire_par_la_maison(ABONNEMENTS, "clore", list(ouverts.order_by("pk")))
    oublier_et_redire(siens, GARDE, motif="compte clos", auteur=auteur)
