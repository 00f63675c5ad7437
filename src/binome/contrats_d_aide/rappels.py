"""What is due is said in the mail of the day, to the practice that answers for the contract and to its doctor, until it is done.

A month before, a week before, on the last working day, then every two weeks. The caisse has its table, and gets no mail.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from binome.agenda.feries import dernier_jour_ouvre
from binome.agenda.territoires import TERRITOIRES
from binome.comptes.adresses_des_roles import adresses_de
from binome.comptes.roles import EMPLOYEUR
from binome.contrats_d_aide.cadran import SANS_RELANCE
from binome.contrats_d_aide.compter import cadran_de
from binome.contrats_d_aide.etats import OUVERTS, EtatDeContrat, EtatDHorloge
from binome.contrats_d_aide.models import HorlogeDeContrat
from binome.courrier.models import Avis
from binome.courrier.services import LOT, ADire, avertir_tous, cle_pour
from binome.regles.calendrier import date_en_clair
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Iterable

GENRE: Final = "contrat"
AVANT: Final = (30, 7, 0)
"""Days before the last working day on which a duty is said."""
ENSUITE: Final = 14
"""Days between two reminders of what was not done."""
WEEK_END: Final = timedelta(days=10)
"""The farthest that a last working day may stand before the day itself."""


def palier(ouvre: date, le: date) -> str:
    """Which reminder of a duty is the one of a day; empty when it is too early to say it."""
    reste = (ouvre - le).days
    if reste >= 0:
        passes = [jours for jours in AVANT if reste <= jours]
        return f"{min(passes)}" if passes else ""
    return f"retard-{-reste // ENSUITE}"


def rappeler() -> int:
    """Notes what is due for the mail of the day, and drops what no longer is; how many were noted."""
    le = timezone.localdate()
    dues = (
        HorlogeDeContrat.objects.filter(
            etat=EtatDHorloge.A_VENIR,
            jour__lte=le + timedelta(days=AVANT[0]) + WEEK_END,
        )
        .filter(
            Q(contrat__etat__in=OUVERTS)
            | Q(contrat__etat=EtatDeContrat.FINI, contrat__fini_le__gte=le)
        )
        .filter(Q(contrat__signataire__isnull=False) | Q(contrat__medecin__personne__isnull=False))
        .exclude(code__in=SANS_RELANCE)
        .select_related("contrat__medecin__personne", "contrat__societe")
        .order_by("jour", "pk")
    )
    certaines = [une for une in dues if any(lecture["certaine"] for lecture in une.lectures)]
    _oublier(certaines)
    adresses: dict[int, list[str]] = {}
    avis = []
    for horloge in certaines:
        cabinet = horloge.contrat.signataire_id or 0
        if cabinet not in adresses:
            adresses[cabinet] = (
                adresses_de([cabinet], EMPLOYEUR, exemples=settings.DEMONSTRATION)
                if cabinet
                else []
            )
        avis += _avis(horloge, _avec_le_medecin(horloge, adresses[cabinet]), le)
    avertir_tous(avis)
    return len(avis)


def _avec_le_medecin(horloge: HorlogeDeContrat, siennes: Iterable[str]) -> list[str]:
    """The addresses of the practice, then that of the doctor whose account is tied, each once; nobody of a made-up world but in one."""
    contrat, toutes = horloge.contrat, list(siennes)
    personne = None if contrat.medecin is None else contrat.medecin.personne
    if (
        personne is not None
        and personne.is_active
        and (settings.DEMONSTRATION or not contrat.essai)
    ):
        toutes.append(personne.courriel)
    return list(dict.fromkeys(toutes))


def _avis(horloge: HorlogeDeContrat, adresses: Iterable[str], le: date) -> list[ADire]:
    if horloge.jour is None:
        return []
    ouvre = dernier_jour_ouvre(horloge.jour, TERRITOIRES.get(horloge.contrat.departement, ""))
    lequel = palier(ouvre, le)
    if not lequel:
        return []
    # The day is part of the key: a duty that moved is said again for its new day.
    cle = f"{_de(horloge)}{horloge.jour.isoformat()}:{lequel}"
    titre = cadran_de(base_courante()).mots(horloge.code)
    quand = (
        f"à faire pour le {date_en_clair(ouvre)}"
        if ouvre >= le
        else f"ce n’est pas noté comme fait, et c’était à faire pour le {date_en_clair(ouvre)}"
    )
    return [
        ADire(
            cle=cle_pour(cle, adresse),
            destinataire=adresse,
            genre=GENRE,
            texte=f"{titre}, contrat de {horloge.contrat.partie} : {quand}.",
            adresse=reverse("suivi", args=["contrats-d-aide", horloge.contrat_id]),
        )
        for adresse in adresses
    ]


def _de(horloge: HorlogeDeContrat) -> str:
    return f"contrat:{horloge.pk}:"


def _oublier(dues: Iterable[HorlogeDeContrat]) -> None:
    """Drops what is noted and not told yet of a duty that was done, moved or closed meanwhile."""
    attendues = {(str(horloge.pk), str(horloge.jour)) for horloge in dues}
    notes = Avis.objects.filter(genre=GENRE, dit_le__isnull=True, caduc_le__isnull=True)
    perimes = [
        numero
        for numero, cle in notes.values_list("pk", "cle")
        if tuple(cle.split(":")[1:3]) not in attendues
    ]
    for debut in range(0, len(perimes), LOT):
        lot = perimes[debut : debut + LOT]
        Avis.objects.filter(pk__in=lot, dit_le__isnull=True).update(caduc_le=timezone.now())
