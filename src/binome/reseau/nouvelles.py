"""Whom the gestures on calls, answers and conventions tell, in the mail of the day; and what is about to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from binome.comptes.adresses_des_roles import adresses_de
from binome.comptes.models import Organisation
from binome.comptes.roles import EXAMINENT
from binome.comptes.roles import ORGANISME as ORGANISME_DE_FORMATION
from binome.courrier.services import avertir, cle_pour
from binome.gestes.suites import Suite
from binome.regles.calendrier import date_en_clair
from binome.reseau.conventions import echoir
from binome.reseau.echeances import echeances_de
from binome.reseau.etats import EN_VIE
from binome.reseau.models import Convention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Effet, Passage
    from binome.reseau.models import Appel, Candidature

GENRE: Final = "reseau"
"""Of these notices."""


def _qui(organisations: Iterable[int], *roles: str) -> list[str]:
    """Who holds one of the roles there; nobody of a made-up house, but in a demonstration."""
    return adresses_de(organisations, *roles, exemples=settings.DEMONSTRATION)


def _dire(cle: str, texte: str, adresse: str, courriels: Iterable[str]) -> int:
    notes = [
        avertir(cle=cle_pour(cle, un), destinataire=un, genre=GENRE, texte=texte, adresse=adresse)
        for un in courriels
    ]
    return sum(une is not None for une in notes)


def _page(flux: str, numero: int) -> str:
    return reverse("suivi", args=[flux, numero])


def _appel_publie(passages: Sequence[Passage[Appel]], _: Auteur) -> None:
    for un in passages:
        appel = un.objet
        organismes = Organisation.objects.filter(
            genre=ORGANISME_DE_FORMATION, exemple=appel.branche.exemple
        )
        texte = (
            f"La branche ouvre un appel aux organismes : on y répond du {date_en_clair(appel.du)} "
            f"au {date_en_clair(appel.au)} inclus."
        )
        numeros = list(organismes.order_by("pk").values_list("pk", flat=True))
        _dire(
            f"{appel.objet}:publie", texte, _page("appels", appel.pk), _qui(numeros, "gestionnaire")
        )


def _a_la_branche(texte: str) -> Effet[Candidature]:
    def dire(passages: Sequence[Passage[Candidature]], _: Auteur) -> None:
        for un in passages:
            une = un.objet
            branche = [une.appel.branche_id]
            _dire(
                f"{une.objet}:{une.version}", texte, _page("candidatures", une.pk),
                _qui(branche, "examinateur") or _qui(branche, *EXAMINENT),
            )  # fmt: skip

    return dire


def _a_l_organisme(
    flux: str, texte: str
) -> Callable[[Sequence[Passage[Candidature | Convention]], Auteur], None]:
    def dire(passages: Sequence[Passage[Candidature | Convention]], _: Auteur) -> None:
        for un in passages:
            une = un.objet
            _dire(
                f"{une.objet}:{une.version}", texte, _page(flux, une.pk),
                _qui([une.organisme_id], "gestionnaire"),
            )  # fmt: skip

    return dire


PERSONNE: Final = Suite("personne : la page le montre")
DE_L_APPEL: Final = {
    "publier": Suite("qui gère un organisme", _appel_publie),
    "prolonger": PERSONNE,
}
DE_LA_CANDIDATURE: Final = {
    "deposer": Suite(
        "qui examine pour la branche",
        _a_la_branche("Un organisme a envoyé ou complété sa candidature à un appel."),
    ),
    "demander": Suite(
        "qui gère l’organisme",
        _a_l_organisme("candidatures", "La branche demande de compléter votre candidature."),
    ),
    "accepter": Suite(
        "qui gère l’organisme",
        _a_l_organisme(
            "candidatures", "La branche accepte votre candidature : lisez la convention."
        ),
    ),
    "refuser": Suite(
        "qui gère l’organisme",
        _a_l_organisme("candidatures", "La branche refuse votre candidature : lisez pourquoi."),
    ),
}
DE_LA_CONVENTION: Final = {
    nom: Suite("qui gère l’organisme", _a_l_organisme("conventions", texte))
    for nom, texte in (
        ("renouveler", "Votre convention est renouvelée."),
        ("suspendre", "Votre convention est suspendue : lisez pourquoi."),
        ("lever", "La suspension de votre convention est levée."),
        ("terminer", "La branche met fin à votre convention : lisez pourquoi."),
        ("echoir", "Votre convention est arrivée à son terme."),
    )
}


def annoncer() -> int:
    """Ends the conventions whose days are over, and announces what is about to end; how many."""
    return echoir() + annoncer_les_fins(timezone.localdate())


def annoncer_les_fins(jour: date) -> int:
    """Announces, 90 and 30 days before, the end of a convention or of a Qualiopi certificate; how many notices are new.

    Each is noted once, by the day that it is about: an end that moves is announced anew.
    """
    dits = 0
    vivantes = Convention.objects.filter(etat__in=EN_VIE).select_related("organisme").order_by("pk")
    for une in vivantes:
        for fin in echeances_de(une, jour):
            if fin.reste < 0:
                continue
            # A day, and no count of days: what is read tomorrow must still be true.
            mot = "Votre convention" if fin.quoi == "convention" else "Votre certificat Qualiopi"
            dits += _dire(
                f"{une.objet}:{fin.quoi}:{fin.au.isoformat()}:{fin.palier}",
                f"{mot} finit le {date_en_clair(fin.au)}.",
                _page("conventions", une.pk),
                _qui([une.organisme_id], "gestionnaire"),
            )
    return dits
