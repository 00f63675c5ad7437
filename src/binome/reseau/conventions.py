"""The flow of a convention, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.gestes.auteur import MAISON
from binome.gestes.passage import Passage, chacun
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison, naitre
from binome.gestes.table import Champ, Flux, Geste
from binome.regles.calendrier import date_en_clair
from binome.reseau.etats import EN_VIE, EtatDeConvention
from binome.reseau.models import Convention
from binome.reseau.passages_d_appel import D_UNE_OFFRE, lire_le_jour
from binome.reseau.permissions import (
    EXAMEN,
    ORGANISME,
    conventions_visibles,
    cotes_de_la_convention,
    pourquoi_pas_examiner,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.reseau.models import Candidature

POURQUOI: Final = Champ("motif", "Pourquoi", "Dites pourquoi : l’organisme le lira.")


def _renouveler(passage: Passage[Convention], _: Auteur) -> None:
    au, tenue = passage.donnees["au"], passage.objet
    if au <= tenue.au:
        raise GesteImpossible(
            f"La convention court déjà jusqu’au {date_en_clair(tenue.au)} : donnez un jour d’après.",
            champ="au",
        )
    suivante = (
        Convention.objects.filter(
            organisme=tenue.organisme_id, certification=tenue.certification, referentiel=tenue.referentiel,
            du__gt=tenue.au, du__lte=au,
        )
        .exclude(pk=tenue.pk)
        .first()
    )  # fmt: skip
    if suivante is not None:
        raise GesteImpossible(
            f"Une autre convention commence le {date_en_clair(suivante.du)} : donnez un jour d’avant.",
            champ="au",
        )
    passage.avant["au"] = tenue.au.isoformat()
    passage.change["au"] = au
    passage.apres["au"] = au.isoformat()


def _pas_echue(tenue: Convention) -> str | None:
    if tenue.au < timezone.localdate():
        return f"Elle est arrivée à son terme le {date_en_clair(tenue.au)} : une nouvelle candidature en ouvre une autre."
    return None


def _commencee(tenue: Convention) -> str | None:
    if timezone.localdate() < tenue.du:
        return f"Elle commence le {date_en_clair(tenue.du)} : suspendez-la si elle ne doit pas commencer."
    return None


def _terminer(passage: Passage[Convention], _: Auteur) -> None:
    """The last day, included: between the first one and today."""
    au, tenue = passage.donnees["au"], passage.objet
    if not tenue.du <= au <= min(timezone.localdate(), tenue.au):
        raise GesteImpossible(
            f"Donnez un jour depuis le {date_en_clair(tenue.du)}, et aujourd’hui au plus tard.",
            champ="au",
        )
    passage.avant["au"] = tenue.au.isoformat()
    passage.change["au"] = au
    passage.apres["au"] = au.isoformat()


def _dire_qualiopi(passage: Passage[Convention], _: Auteur) -> None:
    du, au = passage.donnees["du"], passage.donnees["au"]
    if au < du:
        raise GesteImpossible("Le dernier jour vient avant le premier.", champ="au")
    passage.change |= {
        "qualiopi": str(passage.donnees["numero"])[:40], "qualiopi_du": du, "qualiopi_au": au,
    }  # fmt: skip
    passage.apres |= {"qualiopi_du": du.isoformat(), "qualiopi_au": au.isoformat()}


def _un_jour(nom: str, libelle: str) -> Champ:
    return Champ(nom, libelle, f"{libelle} : donnez un jour.", lire=lire_le_jour, jour=True)


CONVENTIONS: Final = Flux(
    nom="conventions",
    modele=Convention,
    mot="la convention",
    ce_mot="cette convention",
    cotes=cotes_de_la_convention,
    visibles=conventions_visibles,
    pourquoi_pas=pourquoi_pas_examiner,
    dits={EXAMEN: "par la branche", ORGANISME: "par l’organisme", MAISON: ""},
    table=(
        Geste(
            nom="ouvrir", mot="Ouvrir la convention", de=(), vers=EtatDeConvention.EN_COURS, qui=(EXAMEN,),
            dit="La convention est ouverte.", recit="Convention ouverte", formulaire=False,
        ),
        Geste(
            nom="renouveler", mot="Renouveler", de=(EtatDeConvention.EN_COURS,), vers=None, qui=(EXAMEN,),
            dit="La convention est renouvelée.", recit="Convention renouvelée", garde=_pas_echue,
            champs=(_un_jour("au", "Nouveau dernier jour"),), prepare=(chacun(_renouveler),),
        ),
        Geste(
            nom="suspendre", mot="Suspendre", de=(EtatDeConvention.EN_COURS,), vers=EtatDeConvention.SUSPENDUE,
            qui=(EXAMEN,), suite="L’annuaire ne montre plus l’organisme sous convention.",
            dit="La convention est suspendue.", recit="Convention suspendue", champs=(POURQUOI,),
        ),
        Geste(
            nom="lever", mot="Lever la suspension", de=(EtatDeConvention.SUSPENDUE,), vers=EtatDeConvention.EN_COURS,
            qui=(EXAMEN,), dit="La convention court de nouveau.", recit="Suspension levée",
        ),
        Geste(
            nom="terminer", mot="Mettre fin", de=EN_VIE, vers=EtatDeConvention.TERMINEE, qui=(EXAMEN,),
            suite="Elle ne reprend pas : il faudra une nouvelle candidature.", garde=_commencee,
            dit="La convention est terminée.", recit="Convention terminée",
            champs=(_un_jour("au", "Dernier jour, inclus"), POURQUOI), prepare=(chacun(_terminer),),
        ),
        Geste(
            nom="dire_qualiopi", mot="Donner le nouveau certificat Qualiopi", de=EN_VIE, vers=None, qui=(ORGANISME,),
            dit="Le certificat est noté.", recit="Certificat Qualiopi mis à jour",
            champs=(
                Champ("numero", "Numéro du certificat", "Donnez son numéro."),
                _un_jour("du", "Valable du"), _un_jour("au", "Valable jusqu’au, inclus"),
            ),
            prepare=(chacun(_dire_qualiopi),),
        ),
        Geste(
            nom="echoir", mot="Arriver à son terme", de=EN_VIE, vers=EtatDeConvention.ECHUE, qui=(MAISON,),
            dit="La convention est arrivée à son terme.", recit="Arrivée à son terme", formulaire=False,
        ),
    ),
)  # fmt: skip


def ouvrir_les_conventions(passages: Sequence[Passage[Candidature]], par: Auteur) -> None:
    """Opens the convention of each accepted answer, with what the answer offers; ends first those whose days are over."""
    echoir()
    neuves = [
        Convention(
            organisme=un.objet.organisme,
            candidature=un.objet,
            certification=un.objet.appel.certification,
            referentiel=un.objet.appel.referentiel,
            du=un.donnees["du"],
            au=un.donnees["au"],
            **{champ: getattr(un.objet, champ) for champ in D_UNE_OFFRE},
        )
        for un in passages
    ]
    try:
        with transaction.atomic():
            naitre(CONVENTIONS, "ouvrir", neuves, par)
    except IntegrityError:
        raise GesteImpossible(
            "Une convention avec cet organisme est déjà en cours, ou vient de s’ouvrir : relisez-la d’abord.",
            champ="du",
        ) from None


def echoir() -> int:
    """Ends the conventions whose last day is past; how many."""
    passees = Convention.objects.filter(etat__in=EN_VIE, au__lt=timezone.localdate())
    lues = list(passees.select_related("organisme").order_by("pk")[:500])
    return len(faire_par_la_maison(CONVENTIONS, "echoir", lues).passes)
