"""What dossiers keep of people, export to them, and erase: read by the room of retention."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.dossiers import rayons
from binome.dossiers.attaches import attaches
from binome.dossiers.effacement import anonymiser
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier, Recours
from binome.dossiers.preparations import IDENTITE
from binome.dossiers.traces import en_archive
from binome.journal.histoire import histoire_pour
from binome.socle.durees import durees
from binome.socle.sort_des_champs import (
    CODE,
    DE_LA_BRANCHE,
    DOSSIER,
    EMPREINTE,
    FAITS,
    Declaration,
    Sort,
)

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.etagere.rayon import Rayon
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "dossiers.PageDApercu": {"fichier": DOSSIER},
    "dossiers.Import": {"etat": CODE, "certification": CODE, "empreinte": EMPREINTE, "correspondances": CODE},
    "dossiers.LigneImportee": {
        "cle": DOSSIER, "cellules": DOSSIER, "erreurs": DOSSIER, "raison": DOSSIER, "etat": CODE,
    },
    "dossiers.Rejeu": {
        "candidate": Declaration(Sort.GARDE, "Le nom d’une base de règles candidate."),
        "base_avant": EMPREINTE, "base_apres": EMPREINTE, "bilan": FAITS, "lignes": FAITS,
    },
    "dossiers.Dossier": {
        "reference": CODE, "etat": CODE, "certification": CODE, "prenom": DOSSIER, "nom": DOSSIER, "naissance": DOSSIER, "nom_de_naissance": DOSSIER,
        "courriel": DOSSIER, "telephone": DOSSIER, "employeur": DOSSIER,
        "employeur_identifiant": DOSSIER, "session": DOSSIER, "recherche": DOSSIER,
        "cle_import": DOSSIER, "echeance": CODE, "trouvable": DOSSIER, "voie": CODE, "signaux": CODE, "entree": FAITS,
    },
    "dossiers.Piece": {
        "nature": CODE, "type": CODE, "etat": CODE, "motif": CODE, "apercu": CODE, "sans_apercu": CODE,
        "nom": DOSSIER, "precision": DOSSIER, "fichier": CODE, "empreinte": EMPREINTE,
    },
    "dossiers.Quarantaine": {"motif": CODE, "fichier": DOSSIER, "empreinte": EMPREINTE},
    "dossiers.Fait": {"nom": CODE, "origine": CODE, "valeur": FAITS},
    "dossiers.Proposition": {
        "base": EMPREINTE, "faits_declares": FAITS, "faits_prouves": FAITS, "declare": FAITS,
        "prouve": FAITS,
    },
    "dossiers.PointTranche": {"certification": CODE, "code": CODE, "position": DE_LA_BRANCHE},
    "dossiers.Decision": {
        "nature": CODE, "reponse": FAITS, "base": EMPREINTE, "reserve": DOSSIER, "ecart": DOSSIER, "raison": CODE,
        "depart": FAITS,
        "sceau": CODE, "sceau_empreinte": EMPREINTE,
    },
    "dossiers.Recours": {"texte": DOSSIER, "issue": CODE, "reponse": DOSSIER},
}  # fmt: skip
TUS: Final = {"decision.scellee", *(FLUX.evenement(un.nom) for un in FLUX.table if un.interne)}
"""What the branch prepares, or does for itself."""
EFFACABLES: Final = (Etat.BROUILLON, Etat.RETIRE)
"""Dossiers that may go: no decision leans on them."""


def exporter(personne: Personne) -> dict[str, Any]:
    """The person's dossiers, as their candidate, and who opened them."""
    dossiers = Dossier.objects.filter(candidat=personne).select_related("organisme").order_by("pk")
    return {
        "dossiers": [_dossier(un, personne) for un in dossiers],
        "lectures": en_archive(personne),
    }


def _dossier(dossier: Dossier, personne: Personne) -> dict[str, Any]:
    pieces = dossier.pieces.exclude(etat=EtatDePiece.RETIREE).order_by("pk")
    decisions = Decision.objects.filter(dossier=dossier, notifiee_le__isnull=False).order_by("pk")
    recours = Recours.objects.filter(decision__dossier=dossier).order_by("pk")
    return {
        "reference": dossier.reference,
        "etat": dossier.etat_dit,
        "organisme": dossier.organisme.nom,
        "identite": {nom: getattr(dossier, nom) for nom in IDENTITE},
        "faits": list(dossier.faits.values("nom", "origine", "valeur")),
        "pieces": list(pieces.values("nature", "nom", "etat", "deposee_le", "empreinte")),
        "decisions": list(
            decisions.values("nature", "le", "reserve", "ecart", "base", "reponse", "annulee_le")
        ),
        "recours": list(recours.values("texte", "depose_le", "issue", "reponse")),
        **{une.nom: une.archiver(dossier) for une in attaches()},
        "journal": histoire_pour(
            personne.sujet, dossier.objet, TUS.union(*(une.tus for une in attaches()))
        ),
    }


def fichiers(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """The shelf, the stored name, and the name in the archive: ours, never one that someone chose."""
    voulus = []
    for dossier in Dossier.objects.filter(candidat=personne).order_by("pk"):
        for une in dossier.pieces.exclude(etat=EtatDePiece.RETIREE).order_by("pk"):
            suffixe = PurePosixPath(une.fichier).suffix
            dans = f"{dossier.reference}/pieces/{une.pk}-{une.nature}{suffixe}"
            voulus.append((rayons.PIECES, une.fichier, dans))
        lettres = Decision.objects.filter(dossier=dossier, notifiee_le__isnull=False)
        voulus += [
            (rayons.LETTRES, une.sceau, f"{dossier.reference}/decision-{une.pk}.pdf")
            for une in lettres.exclude(sceau="").order_by("pk")
        ]
    return voulus


@dataclass(frozen=True)
class DevenirDeDossier:
    """What would become of one dossier if its person asked to be erased, and why, in French."""

    dossier: Dossier
    efface: bool
    raison: str

    @property
    def nom(self) -> str:
        """How the journal names the dossier in a request."""
        return self.dossier.reference

    @property
    def etat(self) -> str:
        """Where it stands."""
        return self.dossier.etat

    def effacer(self, auteur: str) -> None:
        """Erases it, at the person's request. Raises OSError when a file cannot be erased."""
        anonymiser(self.dossier.pk, auteur=auteur, motif="Demande de la personne")


def devenirs(personne: Personne) -> list[DevenirDeDossier]:
    """What an erasure would do of each dossier of a person."""
    return [_devenir(un) for un in Dossier.objects.filter(candidat=personne).order_by("pk")]


def _devenir(dossier: Dossier) -> DevenirDeDossier:
    if dossier.etat in EFFACABLES:
        return DevenirDeDossier(dossier, True, "Aucune décision n’en dépend : il peut être effacé.")
    if dossier.etat in (Etat.CLOS, Etat.AILLEURS) and dossier.clos_le is not None:
        terme = durees()["clos"].terme(timezone.localdate(dossier.clos_le))
        return DevenirDeDossier(
            dossier,
            False,
            f"Une décision s’appuie sur lui, et doit pouvoir être expliquée : gardé jusqu’au {terme:%d/%m/%Y}.",
        )
    if dossier.etat in (Etat.DECIDE, Etat.RECOURS):
        return DevenirDeDossier(
            dossier,
            False,
            "Une décision est prise et peut être contestée : gardé jusqu’à son terme.",
        )
    if dossier.etat == Etat.AILLEURS:
        dite = (
            "Son parcours est en cours : demandez à l’organisme d’y mettre fin si vous y renoncez."
        )
        return DevenirDeDossier(dossier, False, dite)
    return DevenirDeDossier(
        dossier, False, "Il est en cours d’examen. Retirez-le d’abord si vous y renoncez."
    )


def retient(personne: Personne) -> str:
    """Why an account may not be closed, in French; empty when no dossier is under way."""
    siens = Dossier.objects.filter(candidat=personne, anonyme_le__isnull=True).order_by("pk")
    en_cours = siens.exclude(etat=Etat.BROUILLON).filter(clos_le__isnull=True).first()
    if en_cours is None:
        return ""
    return (
        f"Le dossier {en_cours.reference} est en cours : sa suite doit pouvoir vous parvenir. "
        "Retirez-le, ou attendez qu’il soit fini, puis fermez le compte."
    )


def effacer_avec_le_compte(personne: Personne, auteur: str) -> None:
    """Erases the dossiers that go with an account. Raises OSError."""
    siens = Dossier.objects.filter(candidat=personne, anonyme_le__isnull=True, etat__in=EFFACABLES)
    for numero in list(siens.order_by("pk").values_list("pk", flat=True)):
        anonymiser(numero, auteur=auteur, motif="Compte clos")


def refaire(numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:
    """Erases again, in a restored database; False when it was done already, None for who is not here."""
    dossiers = Dossier.objects.filter(pk=numero)
    if repere:
        dossiers = dossiers.filter(reference=repere)
    if not dossiers.exists():
        return None
    return anonymiser(numero, auteur=auteur, motif=motif)
