"""What the room keeps of people: what was typed of a request, who a certificate is about; it leans on the dossier of the path."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from binome.gestes.oubli import oublier_et_redire
from binome.gestes.services import faire_par_la_maison
from binome.prises_en_charge.flows import CERTIFICATS, PRISES_EN_CHARGE
from binome.prises_en_charge.models import (
    CertificatDeRealisation,
    EtatDeService,
    JoursDeConge,
    PriseEnCharge,
)
from binome.prises_en_charge.rayons import CERTIFICATS_SCELLES, DOCUMENTS
from binome.socle.sort_des_champs import (
    CODE,
    DE_LA_BRANCHE,
    DOSSIER,
    EMPREINTE,
    FAITS,
    MORALE,
)

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.etagere.rayon import Rayon
    from binome.socle.sort_des_champs import Champs

GARDE: Final = "prises-en-charge.garde"
"""The entry that tells again what stays of an agreement, or of a certificate."""
CHAMPS: Final[Champs] = {
    "prises_en_charge.BaremeDuPayeur": {
        "voie": CODE, "du": MORALE, "au": MORALE, "document": DE_LA_BRANCHE, "fichier": EMPREINTE, "empreinte": EMPREINTE,
    },
    "prises_en_charge.EnveloppeDuPayeur": {"voie": CODE},
    "prises_en_charge.JoursDeConge": {"du": FAITS, "au": FAITS},
    "prises_en_charge.PriseEnCharge": {
        "etat": CODE, "autre_payeur": MORALE, "voie": CODE, "depuis": FAITS, "employeur_identifiant": DOSSIER,
        "debut": FAITS, "fin": FAITS, "base": EMPREINTE, "comparaison": FAITS, "ecart": DOSSIER,
        "numero_d_accord": CODE, "motif": DOSSIER,
    },
    "prises_en_charge.DocumentDePriseEnCharge": {"nature": CODE, "fichier": EMPREINTE, "empreinte": EMPREINTE},
    "prises_en_charge.EtatDeService": {
        "etat": CODE, "mois": FAITS, "detail": FAITS, "empreinte": EMPREINTE, "raison": CODE,
    },
    "prises_en_charge.CertificatDeRealisation": {
        "etat": CODE, "du": FAITS, "au": FAITS, "contenu": FAITS, "titulaire": DOSSIER, "delivre_le": FAITS,
        "fichier": EMPREINTE, "empreinte": EMPREINTE,
    },
}  # fmt: skip


def archiver(dossier: Dossier) -> list[dict[str, Any]]:
    """What the archive of the person tells: what was asked for their training, agreed, proven and certified."""
    siennes = PriseEnCharge.objects.filter(parcours__dossier=dossier).select_related("payeur")
    siens = EtatDeService.objects.filter(prise_en_charge__parcours__dossier=dossier).order_by("pk")
    par_prise: dict[int, list[EtatDeService]] = {}
    for etat in siens.prefetch_related("certificats"):
        par_prise.setdefault(etat.prise_en_charge_id, []).append(etat)
    conges: defaultdict[int | None, list[dict[str, Any]]] = defaultdict(list)
    dits = JoursDeConge.objects.filter(parcours__dossier=dossier, retires_le__isnull=True)
    for du, au, parcours in dits.order_by("pk").values_list("du", "au", "parcours"):
        conges[parcours].append({"du": du, "au": au})
    return [
        {
            "financeur": une.nom_du_payeur,
            "voie": une.get_voie_display(),
            "etat": une.etat_dit,
            "version": une.rang,
            "du": une.debut,
            "au": une.fin,
            "minutes_demandees": une.minutes_demandees,
            "minutes_accordees": une.minutes_accordees,
            "taux_horaire_cents": une.taux_horaire_cents,
            "numero_d_accord": une.numero_d_accord,
            "ecart": une.ecart,
            "motif": une.motif,
            "conges": conges.get(une.parcours_id, []),
            "documents": list(une.documents.values("nature", "depose_le").order_by("pk")),
            "mois": [
                {
                    "mois": un.mois,
                    "etat": un.etat_dit,
                    "minutes_prouvees": un.minutes_prouvees,
                    "montant_cents": un.montant_cents,
                    "certificats": [
                        {"delivre_le": le.delivre_le, "titulaire": le.titulaire, "empreinte": le.empreinte}
                        for le in un.certificats.all()
                    ],
                }
                for un in par_prise.get(une.pk, [])
            ],
        }
        for une in siennes.order_by("pk")
    ]  # fmt: skip


def fichiers(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """Their sealed certificates and the documents of their requests, with their names in the archive."""
    certificats = CertificatDeRealisation.objects.filter(
        etat_de_service__prise_en_charge__parcours__dossier__candidat=personne
    ).exclude(fichier="")
    documents = PriseEnCharge.objects.filter(parcours__dossier__candidat=personne).exclude(
        documents__fichier=""
    )
    lus = documents.exclude(documents=None).order_by("pk", "documents__pk")
    return [
        (
            CERTIFICATS_SCELLES, un.fichier,
            f"{un.etat_de_service.prise_en_charge.parcours.dossier.reference}/certificats-de-realisation/{un.pk}.pdf",
        )
        for un in certificats.select_related("etat_de_service__prise_en_charge__parcours__dossier").order_by("pk")
    ] + [
        (DOCUMENTS, fichier, f"{reference}/prises-en-charge/{numero}-{nature}.pdf")
        for fichier, reference, numero, nature in lus.values_list(
            "documents__fichier", "parcours__dossier__reference", "documents__pk", "documents__nature"
        )
    ]  # fmt: skip


def effacer(dossier: Dossier) -> None:
    """Takes off what was typed, and who each certificate is about; the hours and the money stay, of nobody."""
    prises = PriseEnCharge.objects.filter(parcours__dossier=dossier)
    certificats = CertificatDeRealisation.objects.filter(
        etat_de_service__prise_en_charge__parcours__dossier=dossier
    )
    # A paper may be sealed meanwhile: it comes before, and leaves the shelf, or after, and is refused.
    tenus = list(certificats.select_for_update(of=("self",)).order_by("pk"))
    faire_par_la_maison(CERTIFICATS, "effacer", tenus)
    faire_par_la_maison(PRISES_EN_CHARGE, "effacer", list(prises.order_by("pk")))
    oublier_et_redire(prises, GARDE, motif="dossier effacé")
    oublier_et_redire(certificats, GARDE, motif="dossier effacé")
