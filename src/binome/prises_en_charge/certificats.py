"""The certificate of a month: delivered by the organisation, sealed by the jobs, replaced when the month is said again.

Its fields are those of the ministry's model as an Opco quotes them: person, employer, title, nature of the action, days, duration,
organisation, place and signature. The model itself was not read.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.dossiers.bases import base_de
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison, naitre
from binome.impression.certificat_imprime import CertificatImprime
from binome.impression.dessin import indessinable
from binome.impression.pdf import pdf_du_certificat
from binome.prises_en_charge.etats import EN_VIGUEUR, EtatDeCertificat
from binome.prises_en_charge.flows import CERTIFICATS
from binome.prises_en_charge.models import CertificatDeRealisation, EtatDeService
from binome.prises_en_charge.payerait import recompter
from binome.prises_en_charge.rayons import CERTIFICATS_SCELLES
from binome.sceau import papiers
from binome.sceau.papiers import Papiers, Scelle
from binome.sessions.models import Creneau
from binome.titres.mentions import mentions_de

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.journal.services import Ecriture
    from binome.sceau.cle import Sceau

SCELLER: Final = "prises-en-charge.sceller"
"""The entry that a certificate is sealed."""
RAISON: Final = "Certificat de réalisation"
NATURE: Final = "Action de formation"
SANS_SIGNATURE: Final = "Dites d’abord, une fois pour toutes, le lieu, le nom et la qualité de qui signe pour votre organisme."


@transaction.atomic
def delivrer(etat: EtatDeService, par: Acteur) -> CertificatDeRealisation:
    """The certificate of a month that proves something; its paper is sealed by the jobs. Raises GesteImpossible.

    One that serves nobody any more makes way for it, and stays.
    """
    tenu = (
        EtatDeService.objects.select_for_update(of=("self",))
        .select_related(
            "prise_en_charge__parcours__dossier__candidat",
            "prise_en_charge__parcours__organisme",
            "prise_en_charge__organisme",
            "prise_en_charge__employeur",
        )
        .get(pk=etat.pk)
    )
    if tenu.etat not in EN_VIGUEUR:
        raise GesteImpossible("Ce mois a été dit de nouveau : délivrez le certificat de l’autre état.")  # fmt: skip
    if not tenu.minutes_prouvees:
        raise GesteImpossible("Ce mois ne prouve aucune heure : il n’y a rien à certifier.")
    jours = _jours(tenu)
    faire_par_la_maison(CERTIFICATS, "ecarter", a_refaire(tenu))
    certificat = CertificatDeRealisation(
        etat_de_service=tenu, du=jours[0], au=jours[-1], minutes=tenu.minutes_prouvees,
        contenu=_contenu(tenu), titulaire=_titulaire(tenu), delivre_le=timezone.localdate(),
        delivre_par=par.personne, essai=tenu.prise_en_charge.essai,
    )  # fmt: skip
    try:
        with transaction.atomic():
            naitre(CERTIFICATS, "delivrer", [certificat], par)
    except IntegrityError:
        raise GesteImpossible("Le certificat de ce mois est déjà délivré.") from None
    recompter([tenu])
    return certificat


def a_refaire(etat: EtatDeService) -> list[CertificatDeRealisation]:
    """The certificate that holds of a month, where it serves nobody: its file is no longer what was sealed, or it says other minutes."""
    tenus = etat.certificats.filter(etat=EtatDeCertificat.DELIVRE).order_by("pk")
    return [un for un in tenus if un.minutes != etat.minutes_prouvees or _abime(un)]


def _abime(un: CertificatDeRealisation) -> bool:
    return bool(un.fichier) and CERTIFICATS_SCELLES.intact(un.fichier, un.empreinte) is None


def _jours(etat: EtatDeService) -> list[date]:
    """The days of its slots, in their order."""
    numeros = [creneau for creneau, _ in etat.detail]
    creneaux = Creneau.objects.filter(pk__in=numeros).select_related("session__site")
    return sorted({timezone.localdate(un.debut, un.session.site.fuseau) for un in creneaux})


def _contenu(etat: EtatDeService) -> dict[str, Any]:
    """What it says of the action, and who signs. Raises GesteImpossible when nobody said who does."""
    prise = etat.prise_en_charge
    mentions = mentions_de(prise.organisme_id, "")
    if mentions is None or not (mentions.lieu and mentions.signataire):
        raise GesteImpossible(SANS_SIGNATURE)
    parcours = prise.parcours
    referentiel = base_de(parcours.dossier.certification).referentiels.get(parcours.referentiel)
    return {
        "intitule": parcours.referentiel if referentiel is None else referentiel.titre,
        "nature": NATURE,
        "organisme": prise.organisme.nom,
        "siret": prise.organisme.identifiant,
        "accord": prise.numero_d_accord,
        "lieu": mentions.lieu,
        "signataire": mentions.signataire,
        "qualite": mentions.qualite,
        "evaluations": etat.minutes_d_evaluation,
    }


def _titulaire(etat: EtatDeService) -> dict[str, str]:
    """Who it is about. Raises GesteImpossible once they are erased."""
    dossier = etat.prise_en_charge.parcours.dossier
    if dossier.anonyme_le is not None:
        raise GesteImpossible("L’identité de cette personne est effacée.")
    employeur = etat.prise_en_charge.employeur
    dits = {
        "nom": dossier.nom,
        "prenom": dossier.prenom,
        "employeur": dossier.employeur if employeur is None else employeur.nom,
    }
    faute = indessinable(
        {"Le nom": dits["nom"], "Le prénom": dits["prenom"], "L’employeur": dits["employeur"]}
    )
    if faute is not None:
        raise GesteImpossible(faute)
    return dits


def a_sceller() -> QuerySet[CertificatDeRealisation]:
    """The certificates that wait for their paper; the oldest first."""
    return CertificatDeRealisation.objects.filter(
        fichier="",
        etat=EtatDeCertificat.DELIVRE,
        etat_de_service__prise_en_charge__parcours__dossier__anonyme_le__isnull=True,
    ).order_by("pk")


def imprime(un: CertificatDeRealisation) -> CertificatImprime:
    """The certificate as it is printed: the same for the same row."""
    return CertificatImprime(
        numero=un.pk, personne=un.titulaire["prenom"] + " " + un.titulaire["nom"],
        employeur=un.titulaire["employeur"], contenu=un.contenu, du=un.du, au=un.au, minutes=un.minutes,
        le=un.delivre_le, essai=un.essai,
    )  # fmt: skip


def _composer(lus: Sequence[CertificatDeRealisation], _: Sceau) -> list[Callable[[], bytes]]:
    return [partial(pdf_du_certificat, imprime(un)) for un in lus]


def _inscrire(un: CertificatDeRealisation, scelle: Scelle) -> Ecriture | None:
    return papiers.inscrire(a_sceller(), un, scelle, geste=SCELLER, objet=un.objet)


PAPIERS: Final = Papiers("certificat", RAISON, CERTIFICATS_SCELLES, a_sceller, _composer, _inscrire)


def sceller_les_certificats() -> int:
    """Seals a lot of certificates; how many. Raises SceauAbsent, OSError."""
    lus = list(a_sceller().values_list("etat_de_service", flat=True)[: papiers.LOT])
    scelles = papiers.sceller(PAPIERS)
    if scelles:
        recompter(list(EtatDeService.objects.filter(pk__in=lus).order_by("pk")))
    return scelles
