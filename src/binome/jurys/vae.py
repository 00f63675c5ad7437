"""A request by experience: what the rules say of its duration, and the path that carries it to the jury.

The branch asks for a year of work, which the law no longer does: the rule is contested, each reading is shown, and nobody is
refused by the house. Whoever organises juries says whether the request is admissible, and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.dossiers.models import Decision, Dossier
from binome.gestes.auteur import Maison
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.jurys.etats import EtatDeVae
from binome.jurys.models import DemarcheVae
from binome.jurys.services import presenter
from binome.jurys.vae_flux import VAES
from binome.parcours.etats import EN_COURS
from binome.parcours.flows import FLUX as PARCOURS
from binome.parcours.models import Parcours
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.jurys.models import Jury, Presentation

VOIE: Final = "vae"
"""The route of a path opened by experience: no module to follow."""
SEUIL: Final = "vae.seuil"
"""The rule of the duration, in the table `vae`."""
EN_FORMATION: Final = "Cette personne suit un parcours de formation : il mène déjà au jury. Une VAE se demande quand il est terminé."


def ce_que_dit_la_regle(dossier: Dossier, heures: int, jour: date) -> tuple[dict[str, Any], str]:
    """What the rule base answers of the duration, with its status and its sources, and the hash of the base.

    Empty where the base of the certification has no such rule.
    """
    base = base_courante(certification=dossier.certification)
    dits = {un.nom: un.valeur for un in dossier.faits.all()}
    dits |= {"date_entree": jour.isoformat(), "heures_experience_vae": heures}
    conclusion = base.moteur.decider(base.lire(dits))
    etape = next((une for une in conclusion.etapes if une.regle.id == SEUIL), None)
    if etape is None:
        return {}, base.empreinte
    regle = etape.regle
    issue = str(etape.issue)
    return {
        "regle": regle.id,
        "issue": issue,
        "phrase": regle.phrases.get(issue, ""),
        "dit": regle.dit,
        "statut": str(regle.statut),
        "sources": [f"{un.source.titre}, {un.passage} : {un.resume}" for un in regle.sources],
    }, base.empreinte


@transaction.atomic
def demander(acteur: Acteur, branche: Organisation, dossier: Dossier, heures: int) -> DemarcheVae:
    """Notes that the person of a dossier asks for the certificate by experience. Raises GesteImpossible."""
    if _decision(dossier) is None:
        raise GesteImpossible(
            "Ce dossier n’a pas de décision notifiée : la VAE s’y rattache, favorable ou non.",
            champ="reference",
        )
    if Parcours.objects.filter(dossier=dossier, etat__in=EN_COURS).exists():
        raise GesteImpossible(EN_FORMATION, champ="reference")
    jour = timezone.localdate()
    regle, base = ce_que_dit_la_regle(dossier, heures, jour)
    referentiel = _referentiel(dossier, jour)
    une = DemarcheVae(
        branche=branche, dossier=dossier, heures=heures, regle=regle, base=base,
        referentiel=referentiel, demandee_le=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            naitre(VAES, "demander", [une], acteur)
    except IntegrityError:
        raise GesteImpossible(
            "Une demande de VAE est déjà en cours pour ce dossier.", champ="reference"
        ) from None
    return une


def _decision(dossier: Dossier) -> Decision | None:
    notifiees = Decision.objects.filter(
        dossier=dossier, annulee_le__isnull=True, notifiee_le__isnull=False
    )
    return notifiees.order_by("-pk").first()


def _referentiel(dossier: Dossier, jour: date) -> str:
    """The référentiel of the blocs that the person holds or was trained under; the one of the day otherwise."""
    dernier = Parcours.objects.filter(dossier=dossier).order_by("-pk").first()
    if dernier is not None:
        return dernier.referentiel
    referentiels = base_courante(certification=dossier.certification).referentiels
    ouverts = [code for code, un in referentiels.items() if un.du <= jour]
    return max(ouverts, key=lambda code: referentiels[code].du)


@transaction.atomic
def presenter_par_experience(acteur: Acteur, jury: Jury, demarche: DemarcheVae) -> Presentation:
    """Opens the path that carries the request to a jury, then presents it there. Raises GesteImpossible.

    A path without modules: what follows the jury (titles, declarations, erasure) then reads one thing alone.
    """
    demarche = DemarcheVae.objects.select_for_update(of=("self",)).get(pk=demarche.pk)
    dossier = Dossier.objects.get(pk=demarche.dossier_id)
    decision = _decision(dossier)
    if demarche.etat != EtatDeVae.ENTRETENUE or decision is None:
        raise GesteImpossible("L’entretien de cette personne n’est pas encore noté.")
    if Parcours.objects.filter(dossier=dossier, etat__in=EN_COURS).exists():
        raise GesteImpossible(EN_FORMATION)
    avant = Parcours.objects.filter(dossier=dossier, suivant__isnull=True).order_by("-pk").first()
    parcours = Parcours(
        dossier=dossier, decision=decision, organisme_id=dossier.organisme_id, suite_de=avant,
        voie=VOIE, referentiel=demarche.referentiel, base=demarche.base, formation=0, evaluations=0,
        dispensees=0, entree=timezone.localdate(), ouvert_le=timezone.now(),
    )  # fmt: skip
    naitre(
        PARCOURS, "ouvrir", [parcours], Maison(acteur.nom_au_journal), apres={"vae": demarche.pk}
    )
    presentation = presenter(acteur, jury, parcours)
    faire(
        VAES,
        "presenter",
        demarche,
        acteur,
        version=demarche.version,
        donnees={"parcours": parcours},
    )
    return presentation
