"""What a list shows of a dossier besides who it is about: kept with it, so that no list works it out.

The answer is the rule base's: on what is declared from the filing on, on what is proven once a proposal is
prepared, as it was decided afterwards. It is the branch's alone to read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce

from binome.comptes.models import Personne
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Nature
from binome.gestes.modele import Suivi
from binome.pliage import coller_les_nombres, plier, plier_un_nom
from binome.regles.courante import certification_de
from binome.regles.faits import DossierInvalide
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SANS_HEURES: Final = 9_999_999
"""Minutes: where a list by hours puts an answer that counts none, after all the others."""
REFUSEE: Final = "refuse"
"""What `voie` holds once the branch refused."""
SANS_DATE: Final = date(9999, 12, 31)
"""The same, for a wished day that nobody said."""


class EnListe(Suivi):
    """`trouvable` holds, folded, what a search finds it by; `voie` and `minutes` the answer, empty while it is to
    confirm, `REFUSEE` once the branch refused; `signaux` the codes of its alerts, a blank between two; `entree` the wished day. `examine_par` treats it since
    `examine_depuis`.
    """

    trouvable = models.TextField(blank=True, default="")
    voie = models.CharField(max_length=40, blank=True, default="")
    minutes: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    signaux = models.TextField(blank=True, default="")
    entree: models.DateField[date | None, date | None] = models.DateField(null=True)
    examine_par = models.ForeignKey(
        Personne, null=True, on_delete=models.PROTECT, related_name="examens"
    )
    examine_depuis: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    par_heures = models.GeneratedField(
        expression=Coalesce("minutes", SANS_HEURES),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    par_entree = models.GeneratedField(
        expression=Coalesce("entree", models.Value(SANS_DATE, models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )

    class Meta:
        abstract = True


INDEX: Final = (
    # Trigrams on PostgreSQL; elsewhere, an index is read alone instead of the whole rows.
    GinIndex(fields=["trouvable"], opclasses=["gin_trgm_ops"], name="dossiers_trouvable"),
    models.Index(fields=["par_heures", "id"], name="dossiers_par_heures"),
    models.Index(fields=["par_entree", "id"], name="dossiers_par_entree"),
    models.Index(fields=["examine_par", "etat"], name="dossiers_examine_par"),
)


NOMMES: Final = ("prenom", "nom", "nom_de_naissance", "employeur")
CHERCHES: Final = (*NOMMES, "courriel", "employeur_identifiant", "telephone", "cle_import")
"""The columns that a search finds a dossier by: who writes one writes `trouvable` with it."""


def noms_plies(prenom: str, nom: str, nom_de_naissance: str = "") -> str:
    """Folded names, the words in order: « Léa MARTIN-DÜRR » and « martin durr lea » are one.

    Whoever has two names is found by either.
    """
    mots = f"{plier_un_nom(nom)} {plier_un_nom(prenom)}".split()
    mots += [mot for mot in plier_un_nom(nom_de_naissance).split() if mot not in mots]
    return " ".join(sorted(mots))[:240]


def trouvable(reference: str, valeurs: Mapping[str, Any]) -> str:
    """Everything that a search finds a dossier by, folded: who, where, by which number."""
    signes = "".join(reference.split("-"))
    mots = (
        *(plier_un_nom(valeurs.get(nom) or "") for nom in NOMMES),
        # An address is found whole or by its parts, and a number by its figures alone.
        plier(valeurs.get("courriel", "")),
        valeurs.get("courriel", "").strip().casefold(),
        plier(coller_les_nombres(valeurs.get("employeur_identifiant", ""))),
        plier(coller_les_nombres(valeurs.get("telephone", ""))),
        signes.casefold(),
        plier(coller_les_nombres(valeurs.get("cle_import", ""))),
    )
    return " ".join(mot for mot in mots if mot)


def trouvable_avec(dossier: EnListe, change: Mapping[str, Any]) -> str:
    """The same once some columns have changed."""
    valeurs = {nom: change.get(nom, getattr(dossier, nom)) for nom in CHERCHES}
    return trouvable(str(dossier), valeurs)


def reponse_en_liste(reponse: Mapping[str, Any], certification: str) -> dict[str, Any]:
    """The columns of an answer of the JSON contract: its route, its hours, its alerts."""
    fiche = certification_de(certification)
    connue = fiche.genre(reponse["voie"]) is not None
    return {
        "voie": reponse["voie"] if connue else "",
        "minutes": reponse["minutes"].get(fiche.compte) if connue else None,
        "signaux": " ".join(sorted(une["code"] for une in reponse["alertes"])),
    }


def decision_en_liste(
    nature: str, reponse: Mapping[str, Any], certification: str
) -> dict[str, Any]:
    """The same of what is decided: a refusal opens no route and no hours, whatever the rules answered."""
    dits = reponse_en_liste(reponse, certification)
    return dits | {"voie": REFUSEE, "minutes": None} if nature == Nature.REFUSE else dits


def declaree_en_liste(certification: str, faits: Mapping[str, Any]) -> dict[str, Any]:
    """The same of what is declared; nothing for facts that contradict one another."""
    base = base_de(certification)
    dits = {nom: valeur for nom, valeur in faits.items() if nom in base.faits}
    try:
        lue = positionner(base, base.lire(dits))
    except DossierInvalide:
        return {"voie": "", "minutes": None, "signaux": ""}
    return {
        "voie": "" if lue.genre is None else lue.voie,
        "minutes": None if lue.genre is None else lue.comptees,
        "signaux": " ".join(sorted(une.code for une in lue.alertes)),
    }
