"""A notified decision opens a path, or the letter of one taken elsewhere; said again, it opens the next, and replaces the first."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.dossiers.etats import Etat, Nature
from binome.dossiers.flux import FLUX as DOSSIER
from binome.dossiers.models import Dossier
from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous, naitre
from binome.parcours.etats import EN_COURS, EtatDeParcours, Statut
from binome.parcours.flows import FLUX
from binome.parcours.lettre import LettreLue, ModuleLu
from binome.parcours.models import ModuleSuivi, Parcours

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.comptes.models import Organisation
    from binome.dossiers.models import Decision
    from binome.gestes.auteur import Auteur

DE_LA_DECISION: Final = (
    "dossier_id", "decision_id", "voie", "referentiel", "base", "formation", "evaluations", "dispensees", "entree", "positionne_le",
)  # fmt: skip
"""What a path has of its decision or of its letter, and keeps when it goes on elsewhere."""
DU_MODULE: Final = ("code", "bloc", "intitule", "minutes", "statut")
"""What a module has of its decision."""


def ouvrir_les_parcours(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """What follows notified decisions: a path for each that grants modules to follow."""
    decisions = [passage.donnees["decision"] for passage in passages]
    remplacer(decisions)
    ouvrir(une for une in decisions if donne_un_parcours(une))


def donne_un_parcours(decision: Decision) -> bool:
    """Whether a decision grants something to follow."""
    modules = decision.reponse.get("modules", ())
    return decision.nature != Nature.REFUSE and any(
        un["statut"] == Statut.A_SUIVRE for un in modules
    )


def remplacer(decisions: Iterable[Decision]) -> None:
    """Ends the paths in progress that an earlier decision opened for the same dossiers."""
    _finir("remplacer", [une.dossier_id for une in decisions])


def arreter(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """What follows dossiers withdrawn: their paths stop."""
    _finir("arreter", [passage.objet.pk for passage in passages])


def _finir(geste: str, dossiers: Sequence[int]) -> None:
    """Makes a gesture of the house on the paths in progress of some dossiers."""
    tenus = Parcours.objects.filter(dossier__in=dossiers, etat__in=EN_COURS).order_by("pk")
    if passages := [Passage(un, un.version) for un in tenus]:
        faire_tous(FLUX, geste, passages, Maison())


def ouvrir(decisions: Iterable[Decision]) -> list[Parcours]:
    """Opens the path of each decision, its modules copied; in few queries, whatever their number."""
    decidees = list(decisions)
    derniers = _derniers([une.dossier_id for une in decidees])
    nes = [_parcours(une, derniers.get(une.dossier_id)) for une in decidees]
    if not nes:
        return []
    naitre(FLUX, "ouvrir", nes, Maison())
    _copier([(un, une.reponse["modules"]) for un, une in zip(nes, decidees, strict=True)])
    return nes


def _derniers(dossiers: Sequence[int]) -> dict[int, Parcours]:
    finis = Parcours.objects.filter(dossier__in=dossiers, suivant__isnull=True).order_by("pk")
    return {un.dossier_id: un for un in finis}


def _parcours(decision: Decision, avant: Parcours | None) -> Parcours:
    reponse, dossier = decision.reponse, decision.dossier
    # Who trains goes on: the path may have been passed on since the dossier was filed.
    chez = avant if avant is not None and avant.etat == EtatDeParcours.REMPLACE else dossier
    return Parcours(
        dossier=dossier,
        decision=decision,
        organisme_id=chez.organisme_id,
        suite_de=avant,
        voie=reponse["voie"],
        referentiel=reponse["referentiel"],
        base=decision.base,
        formation=reponse["minutes"]["formation"],
        evaluations=reponse["minutes"]["evaluations"],
        dispensees=reponse["minutes"]["dispensees"],
        entree=dossier.entree,
        ouvert_le=decision.notifiee_le or timezone.now(),
    )


def _copier(voulus: Sequence[tuple[Parcours, Sequence[Mapping[str, Any]]]]) -> None:
    """Writes the modules of new paths: the decision that they come from is told already."""
    ecrits = [
        ModuleSuivi(parcours=parcours, rang=rang, **{nom: un[nom] for nom in DU_MODULE})
        for parcours, modules in voulus
        for rang, un in enumerate(modules, start=1)
    ]
    ModuleSuivi.objects.bulk_create(ecrits, batch_size=500)


def ouvrir_d_ailleurs(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """What follows letters that were copied: a path for each, in place of the one that was copied wrong."""
    dossiers = [passage.objet for passage in passages]
    _finir("remplacer", [un.pk for un in dossiers])
    derniers = _derniers([un.pk for un in dossiers])
    lues: list[LettreLue] = [passage.donnees["lettre"] for passage in passages]
    nes = [
        _d_ailleurs(un, lue, derniers.get(un.pk)) for un, lue in zip(dossiers, lues, strict=True)
    ]
    naitre(FLUX, "ouvrir", nes, Maison(), apres={"ailleurs": True})
    _copier(
        [
            (un, [asdict(module) for module in lue.modules])
            for un, lue in zip(nes, lues, strict=True)
        ]
    )


def _d_ailleurs(dossier: Dossier, lue: LettreLue, avant: Parcours | None) -> Parcours:
    return Parcours(
        dossier=dossier,
        positionne_le=lue.le,
        organisme_id=(avant or dossier).organisme_id,
        suite_de=avant,
        voie=lue.voie,
        referentiel=lue.referentiel,
        formation=lue.formation,
        evaluations=lue.evaluations,
        dispensees=lue.dispensees,
        entree=dossier.entree,
        ouvert_le=timezone.now(),
    )


def parcours_d_ailleurs(dossier: Dossier) -> Parcours | None:
    """The path that goes by the letter of a dossier; None while there is none."""
    siens = Parcours.objects.filter(dossier=dossier, positionne_le__isnull=False)
    return siens.order_by("-pk").first()


def copiee(dossier: Dossier) -> LettreLue | None:
    """What was copied of the letter of a dossier; None while nothing was."""
    parcours = parcours_d_ailleurs(dossier)
    if parcours is None or parcours.positionne_le is None:
        return None
    modules = parcours.modules.order_by("rang").values(*DU_MODULE)
    return LettreLue(
        parcours.positionne_le,
        parcours.voie,
        parcours.referentiel,
        tuple(ModuleLu(**{**un, "statut": Statut(un["statut"])}) for un in modules),
        parcours.evaluations,
    )


def terminer_les_dossiers(passages: Sequence[Passage[Parcours]], _: Auteur) -> None:
    """What follows a path that is over: the dossier that was only its letter is over with it."""
    siens = Dossier.objects.filter(
        parcours__in=[un.objet.pk for un in passages], etat=Etat.AILLEURS, clos_le__isnull=True
    )
    if finis := [Passage(un, un.version) for un in siens.order_by("pk").distinct()]:
        faire_tous(DOSSIER, "terminer", finis, Maison())


def ouvrir_les_suites(passages: Sequence[Passage[Parcours]], _: Auteur) -> None:
    """What follows a transfer: the other organisation goes on."""
    for passage in passages:
        continuer(passage.objet, passage.donnees["organisme"])


def continuer(parcours: Parcours, organisme: Organisation) -> Parcours:
    """Opens the path that goes on with one that was passed on, at another organisation, with its modules."""
    suite = Parcours(
        organisme=organisme,
        suite_de=parcours,
        ouvert_le=timezone.now(),
        **{nom: getattr(parcours, nom) for nom in DE_LA_DECISION},
    )
    naitre(FLUX, "ouvrir", [suite], Maison())
    modules = parcours.modules.order_by("rang").values(*DU_MODULE)
    _copier([(suite, list(modules))])
    return suite
