"""What a booklet says besides its answers, in words: what it is made of, who signed and how, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.livret.etats import (
    CoteDuBinome,
    EtatDAppreciation,
    EtatDeSignatureDeCarte,
    MoyenDeCarte,
)
from binome.regles.calendrier import date_en_clair, heure_du_jour
from binome.regles.courante import base_courante
from binome.typographie import compter, minuscule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte, Tutorat
    from binome.parcours.models import Parcours
    from binome.regles.competences import ListeDeCompetences

DES_CARTES: Final = (
    "Ce livret est fait des cartes de la semaine, telles que le binôme les a dites et signées."
)
SANS_PATIENT: Final = (
    "Aucune donnée de patient n’y est : une phrase qui en nomme un est refusée quand on l’écrit."
)
ATTEND: Final = "pas signée"
COMMENT: Final = {
    EtatDeSignatureDeCarte.PERIMEE.value: "à signer de nouveau, la carte a changé",
    EtatDeSignatureDeCarte.CONTESTEE.value: "signature contestée",
}
MOYENS: Final = {
    MoyenDeCarte.COMPTE.value: "sur son compte",
    MoyenDeCarte.DESSIN.value: "dessinée sur le téléphone de l’autre",
    MoyenDeCarte.PAPIER.value: "sur la carte imprimée",
}


def entete(parcours: Parcours) -> tuple[str, ...]:
    """Which path it is."""
    base = base_courante(certification=parcours.dossier.certification)
    referentiel = base.referentiels.get(parcours.referentiel)
    return (
        f"Dossier {parcours.dossier.reference}.",
        *((f"{referentiel.titre}.",) if referentiel is not None else ()),
        *((parcours.ailleurs,) if parcours.ailleurs else ()),
    )


def fiche(
    parcours: Parcours, tutorats: Iterable[Tutorat], fuseau: ZoneInfo
) -> tuple[tuple[str, str], ...]:
    """The path, and each tutor with their days, the first one first."""
    lignes = [
        ("Organisme de formation", parcours.organisme.nom),
        ("Parcours ouvert le", _jour(parcours.ouvert_le, fuseau)),
    ]
    if parcours.fini_le is not None:
        lignes.append(("Parcours terminé le", _jour(parcours.fini_le, fuseau)))
    suivies = sorted(tutorats, key=lambda un: (un.nomme_le, str(un.tuteur)))
    for un in suivies:
        duree = f"depuis le {_jour(un.nomme_le, fuseau)}"
        if un.fini_le is not None:
            duree = f"du {_jour(un.nomme_le, fuseau)} au {_jour(un.fini_le, fuseau)}"
        lignes.append(("Tuteur ou tutrice", f"{un.tuteur}, {un.employeur.nom}, {duree}"))
    if not suivies:
        lignes.append(
            ("Tuteur ou tutrice", "personne n’est nommé : qui répond du cabinet signe les cartes")
        )
    return tuple(lignes)


def avertissements(parcours: Parcours, liste: ListeDeCompetences | None) -> tuple[str, ...]:
    """What a reader should know before reading."""
    dits = [DES_CARTES, SANS_PATIENT]
    if liste is not None:
        dits.append(f"{liste.note} {liste.detient}")
    if parcours.suite_de_id is not None:
        dits.append("Ce parcours en suit un autre : ses semaines d’avant sont dans son livret.")
    efface = parcours.dossier.anonyme_le
    if efface is not None:
        dits.append(
            f"L’identité de la personne et toutes les phrases ont été effacées le {date_en_clair(efface.date())}. "
            "Restent les réponses cochées, et ce qui a été signé."
        )
    return tuple(dits)


def qui(cote: str, par: Personne, dossier: Dossier) -> str:
    """Who said something: their name, or their side once the dossier is erased."""
    if dossier.anonyme_le is not None:
        return CoteDuBinome(cote).label
    if par.pk == dossier.candidat_id:
        return dossier.personne
    return str(par).strip() or CoteDuBinome(cote).label


def signatures_dites(
    signatures: Sequence[SignatureDeCarte], dossier: Dossier, fuseau: ZoneInfo
) -> tuple[str, ...]:
    """A sentence for each side: who signed, how and when, or why it does not count."""
    return tuple(_signature(cote, signatures, dossier, fuseau) for cote in CoteDuBinome)


def _signature(
    cote: CoteDuBinome, signatures: Sequence[SignatureDeCarte], dossier: Dossier, fuseau: ZoneInfo
) -> str:
    siennes = [une for une in signatures if une.cote == cote]
    tenue = next((une for une in siennes if une.etat == EtatDeSignatureDeCarte.RECUE), None)
    if tenue is None:
        return f"{cote.label} : {COMMENT[siennes[-1].etat] if siennes else ATTEND}"
    ici = tenue.signee_le.astimezone(fuseau)
    jour = f"le {date_en_clair(ici.date())}"
    nom = qui(tenue.cote, tenue.par, dossier)
    comment = MOYENS[tenue.moyen]
    if tenue.moyen == MoyenDeCarte.COMPTE:
        nomme = "" if dossier.anonyme_le is not None else f"{nom}, "
        return f"{cote.label} : {nomme}{comment}, {jour} à {heure_du_jour(ici.hour, ici.minute)}"
    if dossier.anonyme_le is not None:
        return f"{cote.label} : {comment}, {jour}"
    if tenue.moyen == MoyenDeCarte.PAPIER:
        return f"{cote.label} : {comment}, {jour}, lue par {nom}"
    return f"{cote.label} : {comment}, {jour} à {heure_du_jour(ici.hour, ici.minute)}, envoyée par {nom}"


def signee_dite(signatures: Iterable[SignatureDeCarte]) -> str:
    """Whether a card is signed, in a few words."""
    cotes = {une.cote for une in signatures if une.etat == EtatDeSignatureDeCarte.RECUE}
    if not cotes:
        return "pas signée"
    if cotes == set(CoteDuBinome.values):
        return "signée par les deux"
    (cote,) = cotes
    return f"signée d’un côté : {minuscule(CoteDuBinome(cote).label)}"


def retard_dit(semaines: int) -> str:
    """How late a card was begun; empty when it was in its week."""
    return f"remplie {compter(semaines, 'semaine')} après" if semaines > 0 else ""


def manques(
    sans_carte: Sequence[date],
    cartes: Iterable[CarteDeSemaine],
    signees: Mapping[int, Sequence[SignatureDeCarte]],
    dites: Sequence[Appreciation],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a reader looks for and does not find, under its title."""
    rangees = list(cartes)
    pas_signees = [
        f"semaine du {date_en_clair(une.semaine)} : {signee_dite(signees.get(une.pk, ()))}"
        for une in rangees
        if signee_dite(signees.get(une.pk, ())) != "signée par les deux"
    ]
    hesitent = {une.carte_id for une in dites if une.etat == EtatDAppreciation.A_CHOISIR}
    tous = (
        ("Semaines sans carte", [f"semaine du {date_en_clair(une)}" for une in sans_carte]),
        ("Cartes que les deux n’ont pas signées", pas_signees),
        (
            "Cartes où deux réponses sont à départager",
            [f"semaine du {date_en_clair(une.semaine)}" for une in rangees if une.pk in hesitent],
        ),
    )
    return tuple((titre, tuple(lignes)) for titre, lignes in tous if lignes)


def _jour(instant: datetime, fuseau: ZoneInfo) -> str:
    return date_en_clair(instant.astimezone(fuseau).date())
