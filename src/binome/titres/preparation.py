"""What a title will say, gathered from the rooms below, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from binome.branches.services import branche_de_la_lettre
from binome.dossiers.bases import base_de
from binome.epreuves.models import Grille
from binome.gestes.refus import GesteImpossible
from binome.impression.dessin import indessinable
from binome.jurys.blocs import blocs_valides
from binome.jurys.etats import (
    EtatDeDecisionDeBloc,
    EtatDeJury,
    EtatDePresentation,
    IssueDeBloc,
)
from binome.jurys.models import DecisionDeBloc, Presentation, ProcesVerbal
from binome.parcours.acquis import blocs_acquis
from binome.parcours.etats import EN_COURS
from binome.presences.avancement import avancement
from binome.regles.courante import certification_de
from binome.titres.etats import EtatDeTitre, MotifDeRetrait, NatureDeTitre
from binome.titres.mentions import DE_L_EMETTEUR, LIBELLES, ce_qui_manque, mentions_de
from binome.titres.models import Titre
from binome.titres.permissions import emetteurs_de_la_branche

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.dossiers.models import Dossier
    from binome.parcours.models import Parcours
    from binome.regles.referentiels import Referentiel

CHERCHES: Final = {"certification": NatureDeTitre.CQP, "adaptation": NatureDeTitre.FAE}
"""What ends a path, by the kind of its route."""


def nature_du_parcours(parcours: Parcours) -> NatureDeTitre | None:
    """What ends a path: the parchemin, or the attestation of FAE; None where its route leads to neither."""
    return CHERCHES.get(str(certification_de(parcours.dossier.certification).genre(parcours.voie)))


def emetteur_du_parcours(parcours: Parcours, nature: str) -> Organisation | None:
    """Who delivers it: the organisation for a FAE, else the branch; None where no branch is known."""
    dossier = parcours.dossier
    if nature == NatureDeTitre.FAE:
        return parcours.organisme
    return branche_de_la_lettre(
        dossier.branche, dossier.certification, exemple=parcours.organisme.exemple
    )


def natures_a_delivrer(acteur: Acteur, parcours: Parcours) -> list[NatureDeTitre]:
    """What a person may deliver to a path, whatever stands in the way: nothing for who delivers none."""
    finit_par = nature_du_parcours(parcours)
    if finit_par == NatureDeTitre.FAE:
        gere = acteur.soutien is None and parcours.organisme_id in acteur.organisations(
            "gestionnaire"
        )
        return [NatureDeTitre.FAE] if gere else []
    branches = emetteurs_de_la_branche(acteur)
    if finit_par is None or not branches:
        return []
    emetteur = emetteur_du_parcours(parcours, finit_par)
    delivre = emetteur is not None and emetteur.pk in branches
    return [NatureDeTitre.CQP, NatureDeTitre.BLOCS] if delivre else []


def referentiel_du_parcours(parcours: Parcours) -> Referentiel | None:
    """The référentiel that a path follows."""
    return base_de(parcours.dossier.certification).referentiels.get(parcours.referentiel)


def pourquoi_pas(parcours: Parcours, nature: str) -> str:
    """Why a title may not be delivered to a path now, in words; empty when it may."""
    try:
        preparer(parcours, nature, timezone.localdate())
    except GesteImpossible as impossible:
        return str(impossible)
    return ""


def attendent_leur_parchemin() -> QuerySet[Presentation]:
    """Those whose last blocs a closed jury validated, and to whom no parchemin was ever delivered.

    One that was withdrawn waits for nothing here: another one is a gesture for that person alone.
    """
    ajournes = DecisionDeBloc.objects.filter(
        presentation=OuterRef("pk"),
        etat=EtatDeDecisionDeBloc.EN_VIGUEUR,
        issue=IssueDeBloc.AJOURNE,
    )
    delivres = Titre.objects.filter(parcours=OuterRef("parcours"), nature=NatureDeTitre.CQP)
    return Presentation.objects.filter(
        ~Exists(ajournes),
        ~Exists(delivres),
        etat=EtatDePresentation.DECIDEE,
        jury__etat=EtatDeJury.CLOS,
    )


def retire_de(parcours: Parcours, nature: str) -> Titre | None:
    """The title withdrawn from a path, while no other stands in its place; the last one."""
    siens = Titre.objects.filter(parcours=parcours, nature=nature)
    if siens.filter(etat=EtatDeTitre.DELIVRE).exists():
        return None
    return siens.order_by("-pk").first()


def preparer(parcours: Parcours, nature: str, jour: date) -> Titre:
    """The title of a path, all but its number and who delivers it. Raises GesteImpossible."""
    dossier, emetteur = parcours.dossier, emetteur_du_parcours(parcours, nature)
    fraude = Titre.objects.filter(parcours=parcours, motif_du_retrait=MotifDeRetrait.FRAUDE)
    if fraude.exists():
        raise GesteImpossible(
            "Son titre a été retiré pour fraude : aucun autre ne se délivre sur ce parcours."
        )
    if emetteur is None:
        raise GesteImpossible("Aucune branche ne délivre cette certification dans Binôme.")
    titulaire = _titulaire(dossier)
    rncp, blocs = "", list[int]()
    if nature == NatureDeTitre.FAE:
        contenu = _de_l_adaptation(parcours)
    else:
        referentiel = referentiel_du_parcours(parcours)
        if referentiel is None:
            raise GesteImpossible("Le référentiel de ce parcours n’est plus connu.")
        contenu, blocs = _de_la_certification(parcours, nature, referentiel)
        rncp = referentiel.rncp
    mentions = mentions_de(emetteur.pk, rncp)
    manquent = ce_qui_manque(mentions, rncp)
    if mentions is None or manquent:
        raise GesteImpossible(
            f"Rien ne s’imprime avant les mentions obligatoires. Il manque : {_liste(manquent)}. "
            f"« {emetteur.nom} » les donne."
        )
    contenu |= {nom: getattr(mentions, nom) for nom in (LIBELLES if rncp else DE_L_EMETTEUR)}
    if mentions.decision_le is not None:
        contenu["decision_le"] = mentions.decision_le.isoformat()
    contenu |= {"rncp": rncp, "emetteur": emetteur.nom}
    return Titre(
        nature=nature, parcours=parcours, emetteur=emetteur, annee=jour.year, referentiel=parcours.referentiel,
        blocs=blocs, contenu=contenu, titulaire=titulaire, delivre_le=jour,
        essai=mentions.essai or dossier.exemple or contenu.pop("essai", False),
    )  # fmt: skip


def _liste(dits: Iterable[str]) -> str:
    return ", ".join(f"{un[:1].lower()}{un[1:]}" for un in dits)


def _titulaire(dossier: Dossier) -> dict[str, str]:
    if dossier.anonyme_le is not None:
        raise GesteImpossible("L’identité de cette personne est effacée.")
    if not (dossier.prenom and dossier.nom):
        raise GesteImpossible("Il manque le prénom ou le nom de la personne.")
    titulaire = {"nom": dossier.etat_civil, "naissance": dossier.naissance_dite}
    if faute := indessinable({"Le nom de la personne": titulaire["nom"]}):
        raise GesteImpossible(faute)
    return titulaire


def _de_la_certification(
    parcours: Parcours, nature: str, referentiel: Referentiel
) -> tuple[dict[str, Any], list[int]]:
    tous = {un.numero: un.intitule for un in referentiel.blocs}
    tenus = {bloc: une for bloc, une in blocs_valides(parcours).items() if bloc in tous}
    if not tenus:
        raise GesteImpossible("Aucun jury clos n’a validé de bloc de ce parcours.")
    acquis = [un for un in sorted(blocs_acquis(parcours)) if un in tous and un not in tenus]
    manquent = [str(un) for un in tous if un not in tenus and un not in acquis]
    deja = Titre.objects.filter(parcours=parcours, etat=EtatDeTitre.DELIVRE)
    if nature == NatureDeTitre.CQP:
        if manquent:
            raise GesteImpossible(
                f"Un jury clos doit d’abord valider chaque bloc : il reste {_blocs(manquent)}."
            )
        if deja.filter(nature=NatureDeTitre.CQP).exists():
            raise GesteImpossible("Son parchemin est déjà délivré : un duplicata le remplace.")
        if parcours.etat not in EN_COURS:
            raise GesteImpossible(
                f"Ce parcours n’est plus en cours : il est « {parcours.etat_dit} »."
            )
        siens = sorted([*tenus, *acquis])
    else:
        siens = sorted(tenus)
        if not manquent:
            raise GesteImpossible(
                "Tous les blocs sont validés : c’est le parchemin qui se délivre."
            )
        if any(un.blocs == siens for un in deja.filter(nature=NatureDeTitre.BLOCS)):
            raise GesteImpossible("Une attestation de ces blocs est déjà délivrée.")
    contenu = {
        "blocs": [
            {"numero": un, "intitule": tous[un], **_d_ou(parcours, tenus.get(un))} for un in siens
        ],
        "minutes": avancement(parcours).total.prouvees,
        **_preuves(list(tenus.values())),
    }
    return contenu, siens


def _d_ou(parcours: Parcours, decision: DecisionDeBloc | None) -> dict[str, Any]:
    """The day of the jury that validated a bloc; or that of the decision that says it to be held already."""
    if decision is not None:
        return {"le": decision.presentation.jury.jour.isoformat()}
    le = parcours.positionne_le or timezone.localdate(parcours.ouvert_le)
    return {"le": le.isoformat(), "acquis": True}


def _preuves(decisions: Sequence[DecisionDeBloc]) -> dict[str, Any]:
    """What the title leans on: the days of its juries, and the objects of the journal that a proof walks back to."""
    jurys = {une.presentation.jury_id: une.presentation.jury for une in decisions}
    uids = [uid for une in decisions for uid in une.proposee.get("grilles", [])]
    grilles = list(Grille.objects.filter(uid__in=uids).order_by("pk")) if uids else []
    minutes = ProcesVerbal.objects.filter(jury__in=jurys, recours__isnull=True).order_by("pk")
    return {
        "jurys": sorted({un.jour.isoformat() for un in jurys.values()}),
        "grilles": len(grilles),
        "essai": any(un.reglement is not None and un.reglement.essai for un in jurys.values()),
        "preuves": [
            *(un.objet for un in grilles),
            *(un.objet for un in jurys.values()),
            *(un.objet for un in minutes),
            *(une.objet for une in decisions),
        ],
    }


def _blocs(numeros: Sequence[str]) -> str:
    return f"le bloc {numeros[0]}" if len(numeros) == 1 else f"les blocs {', '.join(numeros)}"


def _de_l_adaptation(parcours: Parcours) -> dict[str, Any]:
    if nature_du_parcours(parcours) != NatureDeTitre.FAE:
        raise GesteImpossible("Ce parcours ne mène pas à une attestation d’adaptation à l’emploi.")
    if Titre.objects.filter(
        parcours=parcours, nature=NatureDeTitre.FAE, etat=EtatDeTitre.DELIVRE
    ).exists():
        raise GesteImpossible("Son attestation est déjà délivrée : un duplicata la remplace.")
    if parcours.etat not in EN_COURS:
        raise GesteImpossible(f"Ce parcours n’est plus en cours : il est « {parcours.etat_dit} ».")
    fait = avancement(parcours)
    if fait.total.a_prouver:
        raise GesteImpossible(
            "Des créneaux passés attendent encore une signature ou un contreseing."
        )
    if not fait.total.prouvees:
        raise GesteImpossible("Aucune minute de cette formation n’est prouvée.")
    return {
        "minutes": fait.total.prouvees,
        "prevues": fait.dues,
        "modules": [
            {"intitule": un.intitule, "minutes": un.faites.prouvees}
            for un in fait.modules
            if un.faites.prouvees
        ],
        "preuves": [],
    }
