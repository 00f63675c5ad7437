"""The sealed sheet of a slot, and the sealed state of a person: what holds, what was signed, what was corrected.

Sealed when asked for, and kept nowhere: all that they say is in the journal, and the same facts make the same paper. What is
sealed for a certificate is shelved with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.impression.papier_de_presence import PapierDePresence
from binome.impression.pdf import pdf_du_papier_de_presence
from binome.presences.avancement import avancement
from binome.presences.etats import EtatDePresence, MoyenDeSignature, NatureDePresence
from binome.presences.feuille import feuille_de
from binome.presences.volets import creneaux_vecus
from binome.regles.calendrier import date_en_clair, duree_en_clair, heure_du_jour
from binome.sceau.cle import sceau, signer
from binome.sessions.etats import EtatDeCreneau
from binome.typographie import majuscule, minuscule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from binome.parcours.models import Parcours
    from binome.presences.models import Presence, Signature
    from binome.presences.tableau import TableauDePresence
    from binome.sessions.models import Creneau

PROUVE = "Des minutes sont prouvées quand la personne a signé et que le créneau est contresigné."
EN_DOUBLE = "Une minute ne compte qu’une fois pour une personne : le créneau contresigné le premier la garde."
CORRIGE = "Une correction remplace ce qui était dit avant, et le garde."


def feuille_scellee(creneau: Creneau) -> bytes:
    """The sheet of a slot that is counter-signed, as a signed PDF. Raises SceauAbsent."""
    fuseau = creneau.session.site.fuseau
    feuille = feuille_de(creneau)
    gele = creneau.gele_le.astimezone(fuseau) if creneau.gele_le else None
    papier = PapierDePresence(
        titre="Feuille de présence signée",
        emetteur=creneau.session.organisme.nom,
        entete=(
            _quand(creneau),
            f"{creneau.session.site.nom}, module {creneau.module}, {duree_en_clair(creneau.minutes)}.",
            f"Contresigné le {date_en_clair(gele.date())} à {heure_du_jour(gele.hour, gele.minute)} par {creneau.gele_par}." if gele else "",
        ),
        colonnes=("Personne", "A signé", "Présence retenue", "Minutes prouvées"),
        rangs=tuple(
            (une.personne, _signe(une.signatures, fuseau), _dite(une.tenue), duree_en_clair(une.comptee.minutes))
            for une in feuille.lignes
        ),
        notes=(
            PROUVE,
            *_doubles((une.personne, une.double) for une in feuille.lignes),
            *(f"{une.personne} : {minuscule(une.parcours.ailleurs)}" for une in feuille.lignes if une.parcours.ailleurs),
            *_corrections((une.personne, une.anciennes) for une in feuille.lignes),
        ),
        le=timezone.localdate(),
        exemple=creneau.session.organisme.exemple,
    )  # fmt: skip
    return _sceller(papier)


def etat_scelle(parcours: Parcours) -> bytes:
    """All the slots of a path that began, the first one first, as a signed PDF. Raises SceauAbsent."""
    vecus = list(reversed(creneaux_vecus(parcours)))
    fait = avancement(parcours)
    total = fait.total
    papier = PapierDePresence(
        titre="État des présences",
        emetteur=parcours.organisme.nom,
        entete=(
            parcours.dossier.personne,
            f"Dossier {parcours.dossier.reference}.",
            *((parcours.ailleurs,) if parcours.ailleurs else ()),
            f"{duree_en_clair(total.prouvees)} prouvées"
            + (f" sur {duree_en_clair(fait.dues)} à suivre, hors épreuves." if fait.dues is not None else "."),
            f"{duree_en_clair(total.a_prouver)} à prouver, {duree_en_clair(total.manquees)} manquées.",
        ),
        colonnes=("Créneau", "Module", "A signé", "Présence retenue", "Minutes prouvées"),
        rangs=tuple(
            (
                _quand(un.creneau), un.creneau.module, _signe(un.signatures, un.creneau.session.site.fuseau),
                _dite(un.tenue), duree_en_clair(un.comptee.minutes),
            )
            for un in vecus
        ),
        notes=(
            PROUVE,
            *_doubles((_quand(un.creneau), un.double) for un in vecus),
            *_corrections((_quand(un.creneau), un.anciennes) for un in vecus),
        ),
        le=timezone.localdate(),
        exemple=parcours.dossier.exemple,
    )  # fmt: skip
    return _sceller(papier)


def releve_scelle(tableau: TableauDePresence) -> bytes:
    """The minutes of each person of a session, as a signed PDF to hand to who pays. Raises SceauAbsent."""
    session = tableau.session
    geles = [un for un in tableau.creneaux if un.etat == EtatDeCreneau.GELE]
    doubles = [
        f"{rang.parcours.dossier.personne} : {duree_en_clair(rang.en_double)}."
        for rang in tableau.rangs
        if rang.en_double
    ]
    tardives = [
        f"{rang.parcours.dossier.personne} a signé après coup le créneau du {_quand(une.creneau)}."
        for rang in tableau.rangs
        for une in rang.cases
        if MoyenDeSignature.APRES_COUP in une.signatures
    ]
    papier = PapierDePresence(
        titre="Relevé des présences",
        emetteur=session.organisme.nom,
        entete=(
            f"{majuscule(session.nom)}.",
            f"{len(geles)} créneaux contresignés sur {len(tableau.creneaux)}.",
        ),
        colonnes=("Personne", "Dossier", "Prévu", "Prouvé", "À prouver", "Manqué", "À venir"),
        rangs=tuple(
            (
                rang.parcours.dossier.personne,
                rang.parcours.dossier.reference,
                *(
                    duree_en_clair(minutes)
                    for minutes in (
                        rang.prevues, rang.prouvees, rang.a_prouver, rang.manquees, rang.a_venir,
                    )
                ),
            )
            for rang in tableau.rangs
        ),
        notes=(PROUVE, *([EN_DOUBLE, *doubles] if doubles else []), *tardives),
        le=timezone.localdate(),
        exemple=session.organisme.exemple,
    )  # fmt: skip
    return _sceller(papier)


def _sceller(papier: PapierDePresence) -> bytes:
    return signer(pdf_du_papier_de_presence(papier), sceau(), papier.titre)


def _heure(instant: datetime, fuseau: ZoneInfo) -> str:
    ici = instant.astimezone(fuseau)
    return heure_du_jour(ici.hour, ici.minute)


def _quand(creneau: Creneau) -> str:
    fuseau = creneau.session.site.fuseau
    jour = date_en_clair(creneau.debut.astimezone(fuseau).date())
    return f"{jour}, de {_heure(creneau.debut, fuseau)} à {_heure(creneau.fin, fuseau)}"


def _signe(signatures: Iterable[Signature], fuseau: ZoneInfo) -> str:
    return ", ".join(_une_signature(une, fuseau) for une in signatures) or "non"


def _une_signature(une: Signature, fuseau: ZoneInfo) -> str:
    """When and how; the day too for one that was made after the slot froze."""
    heure = _heure(une.signee_le, fuseau)
    if une.moyen == MoyenDeSignature.APRES_COUP:
        jour = date_en_clair(une.signee_le.astimezone(fuseau).date())
        return f"après coup, le {jour} à {heure}"
    return f"{heure} ({minuscule(une.get_moyen_display())})"


def _dite(une: Presence | None) -> str:
    if une is None or une.etat == EtatDePresence.NOTEE:
        return "pas contresigné"
    if une.nature == NatureDePresence.ABSENT:
        return "absence"
    otees = ", ".join(
        f"{mot} {duree_en_clair(minutes)}"
        for mot, minutes in (
            ("retard", une.retard),
            ("départ avancé de", une.avance),
            ("absence de", une.interruption),
        )
        if minutes
    )
    dite = f"présence, {otees}" if otees else "présence"
    return dite if une.signee else f"{dite}, non prouvée"


def _doubles(dites: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each presence whose minutes another one counts already."""
    phrases = [f"{de_quoi} : {minuscule(phrase)}" for de_quoi, phrase in dites if phrase]
    return [EN_DOUBLE, *phrases] if phrases else []


def _corrections(dites: Iterable[tuple[str, Iterable[Presence]]]) -> list[str]:
    """A sentence for each correction: what was said, by whom it is replaced, when and why."""
    phrases = [
        f"{de_quoi} : « {_dite_avant(ancienne)} » corrigé le "
        f"{date_en_clair(timezone.localdate(ancienne.remplacante.dite_le))} par {ancienne.remplacante.par}. "
        f"{ancienne.remplacante.get_raison_display()}."
        for de_quoi, anciennes in dites
        for ancienne in anciennes
    ]
    return [CORRIGE, *phrases] if phrases else []


def _dite_avant(une: Presence) -> str:
    return f"{_dite(une)}, {duree_en_clair(une.minutes)}"
