"""What the gestures of an agreement and of a month read, refuse, write and lead to."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q, Sum
from django.utils import timezone

from binome.gestes.auteur import personne
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison
from binome.prises_en_charge.compter import Deja, au_centime, engage, payable
from binome.prises_en_charge.etats import (
    EN_VIGUEUR,
    OUVERTES,
    EtatDePriseEnCharge,
    RaisonDeRenvoi,
)
from binome.prises_en_charge.garde_fous import HEURES_AU_PLUS, PLAFOND_AU_PLUS, TAUX_AU_PLUS
from binome.prises_en_charge.models import (
    CertificatDeRealisation,
    EtatDeService,
    PriseEnCharge,
)
from binome.regles.calendrier import (
    duree_en_clair,
    lire_duree,
    lire_montant,
    montant_en_clair,
)
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.gestes.table import Flux
    from binome.journal.models import Entree

LONGUEUR: Final = 500
"""Characters of an explanation, at most."""
EFFACE: Final = "Effacé"
"""Stands for a reason that is kept of nobody."""
NUMERO: Final = 60
"""Characters of the number of an agreement, at most."""
TROP_DE_MINUTES: Final = re.compile(r"h\s*[6-9]\d$")
"""« 25 h 99 » is a slip, whatever hour it would make."""
POUR_REVENIR: Final = timedelta(hours=1)
"""How long an answer may be taken back."""


def lire_un_taux(texte: str) -> int:
    """Cents of an hour, out of a form. Raises ValueError."""
    cents = lire_un_montant(texte)
    if not 1 <= cents <= TAUX_AU_PLUS:
        raise ValueError(
            f"Un taux horaire va de 0,01 € à {montant_en_clair(TAUX_AU_PLUS)} : relisez « {texte} »."
        )
    return cents


def lire_un_montant(texte: str) -> int:
    """Cents, out of a form, with or without « € ». Raises ValueError."""
    ecrit = texte.strip().replace(".", ",")
    try:
        return lire_montant(ecrit if ecrit.endswith("€") else f"{ecrit} €")
    except ValueError:
        raise ValueError(
            f"« {texte} » n’est pas un montant : écrivez par exemple 20 € ou 9,15 €."
        ) from None


def lire_un_montant_mesure(texte: str) -> int:
    """Cents of an hour of wages, which may be none. Raises ValueError."""
    cents = lire_un_montant(texte)
    if cents > TAUX_AU_PLUS:
        raise ValueError(
            f"Un taux horaire va jusqu’à {montant_en_clair(TAUX_AU_PLUS)} : relisez « {texte} »."
        )
    return cents


def lire_un_plafond(texte: str) -> int:
    """Cents for a whole training, out of a form. Raises ValueError."""
    cents = lire_un_montant(texte)
    if not cents:
        raise ValueError("Un plafond de 0 € ne paierait rien : laissez vide s’il n’y en a pas.")
    if cents > PLAFOND_AU_PLUS:
        raise ValueError(
            f"Le plafond d’une formation va jusqu’à {montant_en_clair(PLAFOND_AU_PLUS)} : relisez « {texte} »."
        )
    return cents


def lire_des_minutes(texte: str) -> int:
    """Minutes, out of a form, as hours or « 2 h 30 ». Raises ValueError."""
    ecrit = texte.strip()
    try:
        minutes = int(ecrit) * 60 if ecrit.isascii() and ecrit.isdigit() else lire_duree(ecrit)
        if TROP_DE_MINUTES.search(ecrit):
            raise ValueError(ecrit)
    except ValueError:
        raise ValueError(
            f"« {texte} » n’est pas une durée : écrivez par exemple 279 h ou 112 h 30."
        ) from None
    if not 1 <= minutes <= HEURES_AU_PLUS * 60:
        raise ValueError(
            f"Un accord va d’une minute à {duree_en_clair(HEURES_AU_PLUS * 60)} : relisez « {texte} »."
        )
    return minutes


def lire_une_explication(texte: str) -> str:
    """A text that holds in its column. Raises ValueError."""
    if len(texte) > LONGUEUR:
        raise ValueError(f"L’explication tient en {LONGUEUR} caractères au plus.")
    return texte


def lire_un_numero(texte: str) -> str:
    """The number of an agreement, on one line. Raises ValueError."""
    ecrit = " ".join(texte.split())
    if len(ecrit) > NUMERO:
        raise ValueError(f"Un numéro d’accord tient en {NUMERO} caractères au plus.")
    return ecrit


def lire_une_raison(texte: str) -> RaisonDeRenvoi:
    """Why a month is sent back, out of a form. Raises ValueError."""
    if texte not in RaisonDeRenvoi.values:
        raise ValueError("Choisissez une raison de la liste.")
    return RaisonDeRenvoi(texte)


def dit_le_renvoi(une: Entree) -> str:
    """The line of a story that says why a month was sent back."""
    raison = une.apres.get("raison", "")
    return (
        f"Renvoyé à l’organisme : {minuscule(RaisonDeRenvoi(raison).label)}"
        if raison in RaisonDeRenvoi.values
        else "Renvoyé à l’organisme"
    )


def modifier(passage: Passage[PriseEnCharge], _: Auteur) -> None:
    """Writes the columns that the form gave, already checked."""
    passage.change |= passage.donnees["colonnes"]


def demander(passage: Passage[PriseEnCharge], _: Auteur) -> None:
    """Writes when it was sent."""
    passage.change["demandee_le"] = timezone.now()


def accorder(passage: Passage[PriseEnCharge], par: Auteur) -> None:
    """As it was asked. Raises GesteImpossible without a number that only the payer knows."""
    prise = passage.objet
    _repondre(
        passage,
        par,
        minutes=prise.minutes_demandees,
        taux=prise.taux_demande_cents,
        salaire=prise.salaire_demande_cents,
        plafond=prise.plafond_demande_cents,
    )


def accorder_en_partie(passage: Passage[PriseEnCharge], par: Auteur) -> None:
    """With fewer hours, or a lower rate, and why. Raises GesteImpossible for more of anything than was asked."""
    prise, donnees = passage.objet, passage.donnees
    minutes = donnees["minutes"] or prise.minutes_demandees
    for champ, demande, en_clair in (
        ("minutes", prise.minutes_demandees, duree_en_clair),
        ("taux", prise.taux_demande_cents, montant_en_clair),
        ("salaire", prise.salaire_demande_cents, montant_en_clair),
        ("plafond", prise.plafond_demande_cents, montant_en_clair),
    ):
        if demande is not None and (donnees[champ] or 0) > demande:
            raise GesteImpossible(
                f"La demande est de {en_clair(demande)} : un accord ne la dépasse pas.", champ=champ
            )
    passage.change["motif"] = _motif(prise, donnees["raison"])
    _repondre(
        passage,
        par,
        minutes=minutes,
        taux=donnees["taux"] or prise.taux_demande_cents,
        salaire=prise.salaire_demande_cents if donnees["salaire"] is None else donnees["salaire"],
        plafond=prise.plafond_demande_cents if donnees["plafond"] is None else donnees["plafond"],
    )


def _repondre(
    passage: Passage[PriseEnCharge],
    par: Auteur,
    *,
    minutes: int,
    taux: int,
    salaire: int | None,
    plafond: int | None,
) -> None:
    prise = passage.objet
    numero = passage.donnees["numero_d_accord"] or ""
    if not numero and prise.payeur_id is None:
        raise GesteImpossible(
            "Recopiez le numéro d’accord que le financeur a donné.", champ="numero_d_accord"
        )
    passage.change |= {
        "minutes_accordees": minutes,
        "taux_horaire_cents": taux,
        "taux_salaire_cents": salaire,
        "plafond_cents": plafond,
        "engage_cents": _engage(prise, minutes, taux, plafond, salaire),
        "numero_d_accord": numero or f"BINOME-{prise.chaine}-{prise.rang}",
        "repondue_le": timezone.now(),
        "repondue_par": personne(par).personne,
    }
    passage.apres |= {"minutes": minutes, "taux_cents": taux}


def _motif(prise: PriseEnCharge, raison: str) -> str:
    """What is kept of a reason: it may name somebody, and nothing more is written of who was erased."""
    return EFFACE if prise.parcours.dossier.anonyme_le is not None else raison


def _engage(prise: PriseEnCharge, minutes: int, taux: int, plafond: int | None, salaire: int | None) -> int:  # fmt: skip
    """The most that the agreement may cost; an amendment adds what the months before it are paid by the former versions."""
    if prise.premiere_id is None:
        return engage(minutes, taux, plafond, salaire)
    avant = EtatDeService.objects.filter(
        Q(prise_en_charge=prise.premiere_id) | Q(prise_en_charge__premiere=prise.premiere_id),
        etat__in=EN_VIGUEUR,
        mois__lt=prise.depuis,
    ).aggregate(
        minutes=Sum("minutes_payables", default=0),
        cents=Sum("montant_cents", default=0),
        salaire=Sum("salaire_cents", default=0),
    )
    deja = Deja(avant["minutes"], avant["cents"])
    reste = max(0, minutes - deja.minutes)
    return (
        deja.cents
        + int(avant["salaire"])
        + payable(minutes, minutes, taux, plafond, deja)
        + au_centime(reste, salaire or 0)
    )


def refuser(passage: Passage[PriseEnCharge], par: Auteur) -> None:
    """Writes when and why."""
    passage.change |= {
        "motif": _motif(passage.objet, passage.donnees["raison"]),
        "repondue_le": timezone.now(),
        "repondue_par": personne(par).personne,
    }


def peut_revenir(prise: PriseEnCharge) -> str | None:
    """Why an answer may not be taken back; None when it may."""
    if prise.repondue_le is not None and timezone.now() - prise.repondue_le > POUR_REVENIR:
        return "Une réponse se reprend pendant une heure : demandez un avenant."
    return None


def rien_d_etabli(passages: Sequence[Passage[PriseEnCharge]], _: Auteur) -> None:
    """Refuses those on which a month already stands."""
    siens = EtatDeService.objects.filter(prise_en_charge__in=[un.objet.pk for un in passages])
    tenus = set(siens.order_by().values_list("prise_en_charge", flat=True))
    for passage in passages:
        if passage.objet.pk in tenus:
            passage.refus = GesteImpossible(
                "Un mois est déjà établi sur cet accord : demandez un avenant."
            )


def rien_d_amende(passages: Sequence[Passage[PriseEnCharge]], _: Auteur) -> None:
    """Refuses those that an amendment already leans on; held first, so that none begins meanwhile."""
    chaines = {un.objet.chaine for un in passages}
    list(PriseEnCharge.objects.select_for_update(of=("self",)).filter(pk__in=[un.objet.pk for un in passages]).order_by("pk"))  # fmt: skip
    ouverts = PriseEnCharge.objects.filter(premiere__in=chaines, etat__in=OUVERTES)
    tenues = set(ouverts.order_by().values_list("premiere", flat=True))
    for passage in passages:
        if passage.refus is None and passage.objet.chaine in tenues:
            passage.refus = GesteImpossible(
                "Un avenant est en cours sur cet accord : répondez-lui, ou demandez qu’il soit retiré."
            )


def revenir(passage: Passage[PriseEnCharge], _: Auteur) -> None:
    """The request waits again, as it was."""
    passage.change |= {
        "minutes_accordees": None,
        "taux_horaire_cents": None,
        "taux_salaire_cents": None,
        "plafond_cents": None,
        "engage_cents": None,
        "numero_d_accord": "",
        "motif": "",
        "repondue_le": None,
        "repondue_par": None,
    }


def suivre(flux: Callable[[], Flux[PriseEnCharge]], geste: str, de: str) -> Callable[[Sequence[Passage[PriseEnCharge]], Auteur], None]:  # fmt: skip
    """What an answer to an amendment does to the version before it: `geste`, where it is in the state `de`."""

    def tous(passages: Sequence[Passage[PriseEnCharge]], _: Auteur) -> None:
        avant = Q(pk__in=[])
        for un in (passage.objet for passage in passages):
            if un.premiere_id is not None:
                sienne = Q(pk=un.premiere_id) | Q(premiere=un.premiere_id)
                avant |= sienne & Q(rang__lt=un.rang)
        if avant == Q(pk__in=[]):
            return
        versions: dict[int, PriseEnCharge] = {}
        for une in PriseEnCharge.objects.filter(avant).order_by("rang"):
            if une.etat in (EtatDePriseEnCharge.ACCORDEE, EtatDePriseEnCharge.REMPLACEE):
                versions[une.chaine] = une
        faire_par_la_maison(flux(), geste, [une for une in versions.values() if une.etat == de])

    return tous


def effacer(passage: Passage[PriseEnCharge], _: Auteur) -> None:
    """Takes off what was typed: hours and money stay, of nobody."""
    passage.change |= {"ecart": "", "motif": "", "employeur_identifiant": ""}
    if passage.objet.etat == EtatDePriseEnCharge.REFUSEE:
        passage.change["motif"] = EFFACE


def accepter(passage: Passage[EtatDeService], par: Auteur) -> None:
    """Writes when, and by whom."""
    passage.change |= {"repondu_le": timezone.now(), "repondu_par": personne(par).personne}


def renvoyer(passage: Passage[EtatDeService], par: Auteur) -> None:
    """Writes when, by whom and why."""
    accepter(passage, par)
    passage.change["raison"] = passage.donnees["raison"]
    passage.apres["raison"] = str(passage.donnees["raison"])


def rouvrir(passage: Passage[EtatDeService], _: Auteur) -> None:
    """The month waits again."""
    if "pourquoi" in passage.donnees:
        passage.apres["pourquoi"] = str(passage.donnees["pourquoi"])
    passage.change |= {"repondu_le": None, "repondu_par": None, "raison": ""}


def remplacer(passage: Passage[EtatDeService], _: Auteur) -> None:
    """What was answered of it stays in the journal; a month that is replaced was sent back by nobody."""
    passage.change["raison"] = ""


def effacer_le_certificat(passage: Passage[CertificatDeRealisation], _: Auteur) -> None:
    """Takes off who it is about."""
    passage.change["titulaire"] = {}


def peut_rouvrir(etat: EtatDeService) -> str | None:
    """Why an acceptance may not be taken back; None when it may."""
    if etat.repondu_le is not None and timezone.now() - etat.repondu_le > POUR_REVENIR:
        return (
            "Une acceptation se reprend pendant une heure : demandez une correction à l’organisme."
        )
    return None
