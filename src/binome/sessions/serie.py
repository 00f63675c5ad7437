"""One gesture on many slots of a session: those of a weekday, or from a day to a day, moved, changed or cancelled together.

What would happen is found by doing it, and undoing it: the same table, the same guards, whatever room they are in. Done for
good, all of it passes or nothing does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_tous
from binome.regles.calendrier import lire_duree
from binome.regles.jours import lire_jour
from binome.sessions.conflits import conflits, en_phrases
from binome.sessions.equipe import code_de, lire_qui
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX
from binome.sessions.horloge import UNE_HEURE, a_l_horloge
from binome.sessions.models import Creneau
from binome.sessions.quand import JOURS, dire_quand
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.sessions.models import Session

GESTES: Final = {
    "deplacer": "Déplacer",
    "changer": "Changer qui enseigne, ou la salle",
    "annuler": "Annuler",
}
UN_JOUR: Final = 24 * UNE_HEURE
DECALAGE: Final = 12 * UNE_HEURE
"""Minutes of a shift, at most: beyond, it is another day."""
PLUS_TOT: Final = "tot"
SALLE: Final = 80


@dataclass(frozen=True)
class SerieDeCreneaux:
    """Which slots, and what of them: of a weekday (`0` for Monday; None for all), between two days included, None for no bound.

    `vers` is the weekday of the same week where they go, None to stay; `minutes` how much later they begin. `formateur` and
    `salle` change what they say, None to leave it; `confirme` keeps unusual days.
    """

    quoi: str
    jour: int | None = None
    du: date | None = None
    au: date | None = None
    vers: int | None = None
    minutes: int = 0
    formateur: str | None = None
    salle: str | None = None
    confirme: bool = False


@dataclass(frozen=True)
class LigneDeSerie:
    """A slot: when it was, and what became of it, or why it does not pass."""

    creneau: int
    version: int
    etait: str
    devient: str = ""
    pourquoi: str = ""


@dataclass(frozen=True)
class BilanDeSerie:
    """What passes, what does not, what somebody leaves out, and what would then be in two places at once."""

    passent: tuple[LigneDeSerie, ...] = ()
    refuses: tuple[LigneDeSerie, ...] = ()
    conflits: tuple[str, ...] = ()
    laisses: tuple[LigneDeSerie, ...] = ()


def lire_la_serie(recu: Mapping[str, str]) -> SerieDeCreneaux:
    """What a form asks for. Raises GesteImpossible with the field at fault."""
    quoi = recu.get("quoi", "")
    if quoi not in GESTES:
        raise GesteImpossible("Choisissez ce que vous voulez faire.", champ="quoi")
    du, au = (_jour(recu, nom) for nom in ("du", "au"))
    if du is not None and au is not None and au < du:
        raise GesteImpossible("Le dernier jour est avant le premier.", champ="au")
    serie = SerieDeCreneaux(
        quoi, _parmi_les_jours(recu, "jour"), du, au, _parmi_les_jours(recu, "vers"), _minutes(recu),
        _qui(recu), _salle(recu), bool(recu.get("confirme")),
    )  # fmt: skip
    if quoi == "deplacer" and serie.vers is None and not serie.minutes:
        raise GesteImpossible("Choisissez un autre jour, ou un décalage.", champ="vers")
    if quoi == "changer" and serie.formateur is None and serie.salle is None:
        raise GesteImpossible("Choisissez qui enseigne, ou écrivez une salle.", champ="formateur")
    return serie


def _jour(recu: Mapping[str, str], nom: str) -> date | None:
    texte = recu.get(nom, "").strip()
    jour = lire_jour(texte) if texte else None
    if texte and jour is None:
        raise GesteImpossible(
            f"« {texte[:20]} » n’est pas un jour qui existe ; écrivez par exemple 31/03/2027.",
            champ=nom,
        )
    return jour


def _parmi_les_jours(recu: Mapping[str, str], nom: str) -> int | None:
    numero = lire_entier(recu.get(nom, ""), chiffres=1)
    return numero if numero is not None and numero < len(JOURS) else None


def _minutes(recu: Mapping[str, str]) -> int:
    texte = recu.get("minutes", "").strip()
    lues = lire_entier(texte or "0", chiffres=3)
    if lues is None:
        try:
            lues = lire_duree(texte)
        except ValueError:
            lues = DECALAGE + 1
    if lues > DECALAGE:
        raise GesteImpossible(
            "Écrivez de combien, par exemple 30 min ou 1 h 30 ; 12 h au plus.", champ="minutes"
        )
    return -lues if recu.get("sens") == PLUS_TOT else lues


def _qui(recu: Mapping[str, str]) -> str | None:
    texte = recu.get("formateur", "")
    try:
        return lire_qui(texte) if texte else None
    except ValueError as faute:
        raise GesteImpossible(str(faute), champ="formateur") from None


def _salle(recu: Mapping[str, str]) -> str | None:
    salle = " ".join(recu.get("salle", "").split())
    if len(salle) > SALLE:
        raise GesteImpossible(
            f"Le nom de la salle est trop long : {SALLE} caractères au plus.", champ="salle"
        )
    return salle or None


def choisis(session: Session, serie: SerieDeCreneaux) -> list[Creneau]:
    """The slots of a session that a series names, those that may not change included; cancelled ones are left."""
    lus = (
        Creneau.objects.filter(session=session)
        .exclude(etat=EtatDeCreneau.ANNULE)
        .select_related("session__site", "session__organisme", "formateur", "fiche")
    )
    return [un for un in lus.order_by("debut", "pk") if _est_de(un, serie)]


def _est_de(un: Creneau, serie: SerieDeCreneaux) -> bool:
    jour = a_l_horloge(un).jour
    return (
        (serie.jour is None or jour.weekday() == serie.jour)
        and (serie.du is None or jour >= serie.du)
        and (serie.au is None or jour <= serie.au)
    )


def prevoir(
    session: Session, serie: SerieDeCreneaux, acteur: Acteur, sauf: Collection[int] = ()
) -> BilanDeSerie:
    """What would become of each slot, those of `sauf` left out, by number: done, read, and undone; nobody is told."""
    tous = choisis(session, serie)
    laisses = tuple(LigneDeSerie(un.pk, un.version, dire_quand(un)) for un in tous if un.pk in sauf)
    with transaction.atomic():
        bilan = _jouer(session, serie, acteur, [un for un in tous if un.pk not in sauf])
        transaction.set_rollback(True)
    return replace(bilan, laisses=laisses)


def accomplir(
    session: Session, serie: SerieDeCreneaux, acteur: Acteur, vus: Mapping[int, int]
) -> BilanDeSerie:
    """The same for good, of the slots that were seen, by number, each on its version: all of them, or none."""
    with transaction.atomic():
        siens = [un for un in choisis(session, serie) if un.pk in vus]
        bilan = _jouer(session, serie, acteur, siens, vus)
        if bilan.refuses or len(bilan.passent) != len(vus):
            transaction.set_rollback(True)
            manquent = len(vus) - len(bilan.passent) - len(bilan.refuses)
            if manquent:
                raise GesteImpossible(
                    "Des créneaux ont changé entre-temps : relisez ce qui va se passer."
                )
    return bilan


@dataclass
class _Tour:
    """What is still to pass, and why it did not yet."""

    restent: list[int]
    passees: dict[int, Creneau] = field(default_factory=dict)
    refus: dict[int, str] = field(default_factory=dict)


def _jouer(
    session: Session,
    serie: SerieDeCreneaux,
    acteur: Acteur,
    siens: Sequence[Creneau],
    vus: Mapping[int, int] | None = None,
) -> BilanDeSerie:
    avant = set(en_phrases(conflits(session)))
    versions = {un.pk: (vus or {}).get(un.pk, un.version) for un in siens}
    etaient = {un.pk: dire_quand(un) for un in siens}
    tour = _Tour([un.pk for un in siens])
    while tour.restent:
        tour.refus = {}
        faits = _essayer(serie, acteur, tour.restent, versions, tour.refus)
        tour.passees |= faits
        tour.restent = [un for un in tour.restent if un not in faits]
        # A slot that moved left its place to another of the series: what was refused is tried again.
        if not faits or serie.quoi != "deplacer":
            break
    return BilanDeSerie(
        tuple(
            LigneDeSerie(
                numero, versions[numero], etaient[numero], _devient(serie, tour.passees[numero])
            )
            for numero in etaient
            if numero in tour.passees
        ),
        tuple(
            LigneDeSerie(numero, versions[numero], etaient[numero], pourquoi=tour.refus[numero])
            for numero in tour.restent
        ),
        tuple(une for une in en_phrases(conflits(session)) if une not in avant),
    )


def _devient(serie: SerieDeCreneaux, un: Creneau) -> str:
    if serie.quoi == "annuler":
        return "annulé"
    if serie.quoi == "deplacer":
        return dire_quand(un)
    return ", ".join(dit for dit in (un.enseigne or "personne encore", un.salle) if dit)


def _essayer(
    serie: SerieDeCreneaux,
    acteur: Acteur,
    numeros: Sequence[int],
    versions: Mapping[int, int],
    refus: dict[int, str],
) -> dict[int, Creneau]:
    """Makes the gesture on slots, read anew; those that passed. Where a room above refuses the lot, it is cut in two."""
    lus = Creneau.objects.filter(pk__in=numeros).select_related(
        "session__site", "session__organisme", "formateur", "fiche"
    )
    passages: list[Passage[Creneau]] = []
    for un in lus.order_by("debut", "pk"):
        try:
            donnees = _donnees(un, serie)
        except GesteImpossible as impossible:
            refus[un.pk] = str(impossible)
            continue
        passages.append(Passage(un, versions[un.pk], donnees))
    passages = _sans_recouvrement(passages, refus) if serie.quoi == "deplacer" else passages
    if not passages:
        return {}
    try:
        with transaction.atomic():
            bilan = faire_tous(CRENEAUX, serie.quoi, passages, acteur)
    except GesteImpossible as impossible:
        if len(passages) == 1:
            refus[passages[0].objet.pk] = str(impossible)
            return {}
        milieu = len(passages) // 2
        moities = (
            [un.objet.pk for un in passages[:milieu]],
            [un.objet.pk for un in passages[milieu:]],
        )
        return {
            numero: creneau
            for moitie in moities
            for numero, creneau in _essayer(serie, acteur, moitie, versions, refus).items()
        }
    for laisse in bilan.laisses:
        refus[laisse.objet.pk] = str(laisse.refus)
    return {un.objet.pk: un.objet for un in bilan.passes}


def _donnees(un: Creneau, serie: SerieDeCreneaux) -> dict[str, Any]:
    """What the gesture is given for one slot. Raises GesteImpossible."""
    if serie.quoi == "annuler":
        return {}
    if serie.quoi == "changer":
        formateur = code_de(un) if serie.formateur is None else serie.formateur
        salle = un.salle if serie.salle is None else serie.salle
        return {"formateur": formateur, "modalite": un.modalite, "salle": salle, "lien": un.lien}
    if un.modalite == ModaliteDeCreneau.A_DISTANCE:
        raise GesteImpossible("Il n’a pas d’horaire : il se déplace seul.")
    ici = a_l_horloge(un)
    jours = 0 if serie.vers is None else serie.vers - ici.jour.weekday()
    de = ici.de.hour * UNE_HEURE + ici.de.minute + serie.minutes
    if de < 0 or de + un.minutes >= UN_JOUR:
        raise GesteImpossible("Il sortirait de sa journée.")
    return {
        "jour": ici.jour + timedelta(days=jours), "de": de, "a": de + un.minutes, "jour_de_fin": None,
        "duree": None, "confirme": "oui" if serie.confirme else None,
    }  # fmt: skip


def _sans_recouvrement(
    passages: Sequence[Passage[Creneau]], refus: dict[int, str]
) -> list[Passage[Creneau]]:
    """Those that would not be at the same time as another that moves with them."""
    retenus: list[Passage[Creneau]] = []
    for un in passages:
        ici = un.donnees
        if any(
            la.donnees["jour"] == ici["jour"]
            and la.donnees["de"] < ici["a"]
            and la.donnees["a"] > ici["de"]
            for la in retenus
        ):
            refus[un.objet.pk] = "Il recouvrirait un autre créneau que vous déplacez avec lui."
        else:
            retenus.append(un)
    return retenus
