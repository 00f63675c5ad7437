"""Reading the words of a branch on a day, and writing others that follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binome.branches.models import TextesDeBranche
from binome.comptes.models import Organisation
from binome.comptes.roles import BRANCHE
from binome.impression.dessin import indessinable
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.regles.courante import code_par_defaut
from binome.socle.sort_des_champs import DE_LA_BRANCHE
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from binome.comptes.acteur import Acteur
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "branches.TextesDeBranche": {
        "entete": DE_LA_BRANCHE, "contact": DE_LA_BRANCHE, "signature": DE_LA_BRANCHE,
        "recours": DE_LA_BRANCHE,
    },
}  # fmt: skip
LIBELLES: Final[Mapping[str, str]] = {
    "entete": "L’en-tête, sous le nom de la branche",
    "contact": "Comment joindre la branche",
    "signature": "La signature",
    "recours": "Comment contester une décision",
}
"""The texts of a letter, in its order, as their form names them."""
LONGUEUR: Final = 1000
"""Characters of a text, at most: it is printed on every letter."""


class TexteRefuse(ValueError):
    """What a branch typed cannot be printed, or is too long; the message says why."""


class TextesChanges(TexteRefuse):
    """The texts that a person saw are no longer those in force."""


def nom_des_textes(branche: int) -> str:
    """How the journal names the words of a branch."""
    return f"textes:{branche}"


def branche_de_la_lettre(
    branche: Organisation | None, certification: str, *, exemple: bool
) -> Organisation | None:
    """In whose name one writes about a dossier: its branch, else the only one that delivers the certification."""
    if branche is not None:
        return branche
    delivrent = Organisation.objects.filter(genre=BRANCHE, exemple=exemple).order_by("pk")
    siennes = [un for un in delivrent if un.delivre == certification]
    return siennes[0] if len(siennes) == 1 else None


def textes_de(branche: Organisation | None, le: datetime | None = None) -> TextesDeBranche | None:
    """The words of a branch at an instant, now without one; None while it has written none."""
    if branche is None:
        return None
    ecrits = TextesDeBranche.objects.filter(branche=branche)
    if le is not None:
        ecrits = ecrits.filter(du__lte=le)
    return ecrits.order_by("-du", "-pk").first()


def delai_de_recours(
    branche: int | None, certification: str, *, exemple: bool, le: datetime
) -> int | None:
    """Days to contest a decision notified at an instant; None while its branch set none. One query.

    Set later, it holds for what was notified before.
    """
    if branche is not None:
        siennes = Q(branche=branche)
    else:
        noms = (certification, "") if certification == code_par_defaut() else (certification,)
        siennes = Q(
            branche__genre=BRANCHE, branche__exemple=exemple, branche__certification__in=noms
        )
    ecrits = list(
        TextesDeBranche.objects.filter(siennes, delai_jours__isnull=False).order_by("du", "pk")
    )
    if len({un.branche_id for un in ecrits}) != 1:
        return None
    avant = [un for un in ecrits if un.du <= le]
    return (avant[-1] if avant else ecrits[0]).delai_jours


@transaction.atomic
def ecrire_les_textes(
    branche: Organisation,
    acteur: Acteur,
    textes: Mapping[str, str],
    delai_jours: int | None,
    *,
    vus: int = 0,
) -> TextesDeBranche:
    """Other words, from now on, in the place of those that the person saw (`vus`, their number; 0 for none).

    What was sealed keeps its own. Raises TexteRefuse, and TextesChanges when others hold by now.
    """
    Organisation.objects.select_for_update().get(pk=branche.pk)
    en_vigueur = textes_de(branche)
    if vus != (0 if en_vigueur is None else en_vigueur.pk):
        raise TextesChanges(
            "Ces textes ont changé entre-temps, par quelqu’un d’autre ou dans un autre onglet. "
            "Comparez, puis enregistrez les vôtres si c’est encore ce que vous voulez."
        )
    dits = {nom: textes.get(nom, "").strip() for nom in LIBELLES}
    for nom, texte in dits.items():
        if exces := trop_long(texte, LONGUEUR):
            raise TexteRefuse(f"{LIBELLES[nom]} : {exces[:1].lower()}{exces[1:]}")
    if (faute := indessinable({LIBELLES[nom]: texte for nom, texte in dits.items()})) is not None:
        raise TexteRefuse(faute)
    if delai_jours is not None and not 1 <= delai_jours <= 366:
        raise TexteRefuse("Le délai du recours va de 1 à 366 jours.")
    ecrits = TextesDeBranche.objects.create(
        branche=branche, du=timezone.now(), delai_jours=delai_jours, par=acteur.personne, **dits
    )
    ecrire(
        Ecriture(
            "branche.textes",
            nom_des_textes(branche.pk),
            auteur=acteur.nom_au_journal,
            apres={"delai_jours": delai_jours},
            lignes=lignes([ecrits]),
        )
    )
    return ecrits
