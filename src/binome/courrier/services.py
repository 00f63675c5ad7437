"""Queueing a mail or a notice, and forgetting an address."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.template.loader import render_to_string
from django.utils import timezone

from binome.comptes.contact import contacts
from binome.courrier import fichiers
from binome.courrier.models import RETIRE, Avis, Message
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.typographie import typographier
from binome.typographie import typographie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

LOT: Final = 500
SUJET: Final = 200
"""Characters of a subject."""
INVITATION: Final = "invitation:"
"""How the keys of letters that carry a token start."""
COMPTE: Final = "compte:"
"""How those of the letters about an account start."""
EFFACE = "adresse effacée"
"""What replaces an address once forgotten; no mail can be sent to it."""


def _court(sujet: str) -> str:
    """A subject as its column can hold it."""
    return sujet if len(sujet) <= SUJET else f"{sujet[: SUJET - 1]}…"


def plier(courriel: str) -> str:
    """An address as the outbox keeps it."""
    return courriel.strip().lower()


def cle_pour(quoi: str, courriel: str) -> str:
    """The key of a mail to an address, which it does not hold: it would outlive it, and pass the column's width."""
    return f"{quoi}:{hashlib.sha256(plier(courriel).encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class AMettre:
    """A mail to queue. `cle` says what it is: the same is never queued twice.

    `gabarit` names the pair `courrier/<gabarit>.txt` and `.html`. Each attachment gives its `nom`, its
    `fichier` under MEDIA_ROOT and its `type`. `expediteur`, `reference`, `repondant` and `ecrit_par` are those
    of `Message`.
    """

    cle: str
    destinataire: str
    sujet: str
    gabarit: str
    contexte: Mapping[str, Any]
    pieces_jointes: Sequence[Mapping[str, str]] = ()
    des: datetime | None = None
    expediteur: str = ""
    reference: str = ""
    repondant: int | None = None
    ecrit_par: int | None = None

    def message(self, le: datetime, joints: Mapping[int, str]) -> Message:
        """The mail as the outbox keeps it, not saved; `joints` is where one answers who wrote it."""
        donnees = {
            "sujet": self.sujet,
            "accueil": adresse_entiere("/espace/"),
            "oublie": adresse_entiere("/compte/mot-de-passe/oublie/"),
            "expediteur": self.expediteur,
            "repondre_a": joints.get(self.ecrit_par or 0, ""),
            **self.contexte,
        }
        texte = render_to_string(f"courrier/{self.gabarit}.txt", donnees)
        html = render_to_string(f"courrier/{self.gabarit}.html", donnees)
        return Message(
            cle=self.cle,
            destinataire=plier(self.destinataire),
            sujet=_court(typographie(self.sujet)),
            texte=typographie(texte).strip() + "\n",
            html=typographier(html),
            pieces_jointes=[dict(une) for une in self.pieces_jointes],
            cree_le=le,
            a_envoyer_des=le if self.des is None else max(self.des, le),
            expediteur=self.expediteur,
            reference=self.reference,
            repondant_id=self.repondant,
            ecrit_par_id=self.ecrit_par,
        )


def mettre_en_file(lettre: AMettre) -> Message | None:
    """Queues a mail, in the transaction of what it tells of; None when the same was queued already."""
    message = lettre.message(timezone.now(), contacts([lettre.ecrit_par]))
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return None
    return message


def mettre_tous_en_file(lettres: Sequence[AMettre]) -> None:
    """The same for many, two queries for five hundred."""
    le, joints = timezone.now(), contacts(une.ecrit_par for une in lettres)
    for debut in range(0, len(lettres), LOT):
        lot = lettres[debut : debut + LOT]
        deja = Message.objects.filter(cle__in=[une.cle for une in lot]).order_by("pk")
        cles = set(deja.values_list("cle", flat=True))
        # One that was queued meanwhile by another stays as it is.
        Message.objects.bulk_create(
            [une.message(le, joints) for une in lot if une.cle not in cles], ignore_conflicts=True
        )


def avertir(
    *,
    cle: str,
    destinataire: str,
    genre: str,
    texte: str,
    reference: str = "",
    adresse: str = "/espace/",
    des: datetime | None = None,
) -> Avis | None:
    """Notes a thing to tell a person in the mail of the day; None when it was noted already.

    `texte` is a short sentence in French that names nobody: the reference says which dossier.
    """
    le = timezone.now()
    avis, nouveau = Avis.objects.get_or_create(
        cle=cle,
        defaults={
            "destinataire": plier(destinataire),
            "reference": reference,
            "genre": genre,
            "texte": texte,
            "adresse": adresse,
            "des": des or le,
            "cree_le": le,
        },
    )
    return avis if nouveau else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ADire:
    """A thing to tell in the mail of the day, as `avertir` takes it."""

    cle: str
    destinataire: str
    genre: str
    texte: str
    reference: str = ""
    adresse: str = "/espace/"


def avertir_tous(choses: Sequence[ADire]) -> None:
    """The same as `avertir` for many, two queries for five hundred."""
    le = timezone.now()
    for debut in range(0, len(choses), LOT):
        lot = {une.cle: une for une in choses[debut : debut + LOT]}
        deja = Avis.objects.filter(cle__in=lot).order_by("pk").values_list("cle", flat=True)
        for cle in deja:
            del lot[cle]
        # One that was noted meanwhile by another stays as it is.
        Avis.objects.bulk_create(
            [
                Avis(
                    cle=une.cle, destinataire=plier(une.destinataire), reference=une.reference, genre=une.genre,
                    texte=une.texte, adresse=une.adresse, des=le, cree_le=le,
                )
                for une in lot.values()
            ],
            ignore_conflicts=True,
        )  # fmt: skip


def rendre_caducs(reference: str, *genres: str) -> int:
    """Drops what there is no longer to tell of a dossier; how many were dropped."""
    return Avis.objects.filter(
        reference=reference, genre__in=genres, dit_le__isnull=True, caduc_le__isnull=True
    ).update(caduc_le=timezone.now())


def readresser(reference: str, ancienne: str, nouvelle: str) -> int:
    """Sends to the right address what was to reach the wrong one about a dossier; how many. Withdrawn ones stay so."""
    maintenant = timezone.now()
    return (
        Message.objects.filter(
            reference=reference, destinataire=plier(ancienne), envoye_le__isnull=True
        )
        # A letter that opens a place is for one address alone.
        .exclude(Q(derniere_erreur=RETIRE) | Q(cle__startswith=INVITATION))
        .update(
            destinataire=plier(nouvelle),
            abandonne_le=None,
            essais=0,
            derniere_erreur="",
            a_envoyer_des=maintenant,
        )
    )


@transaction.atomic
def oublier_adresse(courriel: str) -> None:
    """Erases an address and what was written to it; the rows stay, so that nothing is sent again."""
    adresse = plier(courriel)
    _effacer_les_messages(Message.objects.filter(destinataire=adresse))
    _effacer_les_avis(Avis.objects.filter(destinataire=adresse))


@transaction.atomic
def oublier_un_dossier(
    reference: str, *, debuts: Sequence[str] = (), entieres: Sequence[str] = ()
) -> None:
    """Erases the mails and notices about a dossier, whoever they were for.

    `debuts` gives how the keys of its own mails start, `entieres` other keys of them. A digest that waits is left: it names nobody, and
    tells of other dossiers too.
    """
    partis = Q(avis__reference=reference, avis__message__envoye_le__isnull=False)
    siens = Q(cle__in=entieres) | Q(reference=reference)
    for debut in debuts:
        siens |= Q(cle__startswith=debut)
    voulus = list(Message.objects.filter(partis | siens).values_list("pk", flat=True).distinct())
    _effacer_les_messages(Message.objects.filter(pk__in=voulus))
    _effacer_les_avis(Avis.objects.filter(reference=reference))


def _cle_effacee() -> Concat:
    """A key that is nobody's: those of before held an address."""
    return Concat(Value("efface:"), Cast(F("pk"), CharField()), output_field=CharField())


def _effacer_les_messages(messages: QuerySet[Message]) -> None:
    """The rows, then the files that a demonstration wrote: those that a kill leaves go at the next sweep."""
    numeros = list(messages.order_by("pk").values_list("pk", flat=True))
    transaction.on_commit(partial(fichiers.effacer, numeros), robust=True)
    messages.filter(envoye_le__isnull=True).update(abandonne_le=timezone.now())
    messages.update(
        cle=_cle_effacee(),
        destinataire=EFFACE,
        sujet="",
        texte="",
        html="",
        pieces_jointes=[],
    )


def _effacer_les_avis(avis: QuerySet[Avis]) -> None:
    avis.filter(dit_le__isnull=True).update(caduc_le=timezone.now())
    avis.update(cle=_cle_effacee(), destinataire=EFFACE, texte="", adresse="")


def balayer_les_fichiers() -> int:
    """One pass of the job: erases the files of a demonstration's mails that are old, or erased; how many."""

    def effaces(numeros: set[int]) -> set[int]:
        connus = Message.objects.filter(pk__in=numeros, destinataire=EFFACE)
        return set(connus.order_by().values_list("pk", flat=True))

    return fichiers.balayer(effaces)
