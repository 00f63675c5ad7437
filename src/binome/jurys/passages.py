"""What the gestures on a jury, its seats and who may sit read, refuse and write."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from binome.agenda.ics import Seance, ics_des_seances
from binome.dossiers.impartialite import est_partie
from binome.gestes.auteur import Maison
from binome.gestes.refus import GesteImpossible
from binome.jurys.etats import ASSISES, EtatDeJury, EtatDePlace, EtatDePresentation
from binome.jurys.models import Jury, PlaceAuJury, Presentation
from binome.jurys.rayons import RENDEZ_VOUS
from binome.jurys.seance import places_de, reglement_le
from binome.parcours.impartialite import PARTIE
from binome.regles.calendrier import date_en_clair
from binome.regles.jours import lire_jour

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.jurys.models import MembreDeJury, ReglementDeJury

SANS_REGLES: Final = (
    "La branche n’a pas encore donné les règles de ses jurys : personne ne peut décider. "
    "Écrivez-les d’abord, avec le texte d’où elles viennent."
)
UNE_HEURE: Final = timedelta(hours=1)
"""What a calendar shows of a jury, whose end nobody says."""
DU_JURY: Final = ("jour", "heure", "lieu", "departement")
DU_MEMBRE: Final = ("prenom", "nom", "courriel", "compte", "college", "exterieur")
"""What the branch says of somebody who sits."""
DES_LIENS: Final = ("organismes", "employeurs", "connus", "jours", "au_plus", "departement")
"""What somebody who sits says of their ties and of their days."""


def lire_un_jour(texte: str) -> date:
    """A day, out of a form. Raises ValueError."""
    jour = lire_jour(texte)
    if jour is None:
        raise ValueError("Donnez un jour qui existe, par exemple 31/03/2027.")
    return jour


def _changes(passage: Passage[Any], champs: Sequence[str]) -> dict[str, Any]:
    donnes = {un: passage.donnees[un] for un in champs if un in passage.donnees}
    return {un: valeur for un, valeur in donnes.items() if getattr(passage.objet, un) != valeur}


def regler(passage: Passage[Jury], _: Auteur) -> None:
    """Writes when and where, even once people are called: they are told. Raises GesteImpossible when nothing changes, for a day
    that is over, or one when somebody who has a seat sits elsewhere."""
    change, jury = _changes(passage, DU_JURY), passage.objet
    if not change:
        raise GesteImpossible("Rien n’a changé.")
    if jury.etat == EtatDeJury.CONVOQUE and not change.get("heure", jury.heure):
        raise GesteImpossible("La convocation dit l’heure de début : donnez-en une.", champ="heure")
    passage.change |= change
    if "jour" in change:
        _peut_se_tenir(jury, change["jour"], passage)
        passage.avant["jour"] = passage.objet.jour.isoformat()
        passage.apres["jour"] = change["jour"].isoformat()


def _peut_se_tenir(jury: Jury, jour: date, passage: Passage[Jury]) -> None:
    """Refuses a day that is over, or when somebody sits elsewhere; says who did not tell that they are free."""
    if jour < timezone.localdate():
        raise GesteImpossible("Donnez un jour à venir, ou aujourd’hui.", champ="jour")
    tenues = places_de(jury)
    prises = PlaceAuJury.objects.filter(
        membre__in=[une.membre_id for une in tenues], jury__jour=jour, etat__in=ASSISES
    ).exclude(jury=jury)
    pris = prises.select_related("membre").order_by("pk").first()
    if pris is not None:
        raise GesteImpossible(
            f"{pris.membre} siège déjà dans un autre jury ce jour-là : choisissez un autre jour, ou retirez d’abord cette personne.",
            champ="jour",
        )
    passage.sans_nouvelles += [
        f"{une.membre} n’a pas dit être libre ce jour-là."
        for une in tenues
        if jour.isoformat() not in une.membre.jours
    ]


def convoquer(passage: Passage[Jury], _: Auteur) -> None:
    """Refuses a jury without anybody, or whose day is over. Raises GesteImpossible."""
    if passage.objet.jour < timezone.localdate():
        raise GesteImpossible("Le jour de ce jury est passé : changez-le d’abord.")
    if not passage.objet.heure:
        raise GesteImpossible("Donnez d’abord l’heure de début : la convocation la dit.")
    if not places_de(passage.objet):
        raise GesteImpossible("Personne n’a de place à ce jury : choisissez qui siège d’abord.")


def ouvrir(passage: Passage[Jury], _: Auteur) -> None:
    """Fixes the parameters that the jury sits under. Raises GesteImpossible before its day, and without any."""
    jury = passage.objet
    if timezone.localdate() < jury.jour:
        raise GesteImpossible(
            f"Ce jury se tient le {date_en_clair(jury.jour)} : il ne s’ouvre pas avant."
        )
    reglement = reglement_le(jury.branche_id, jury.jour)
    if reglement is None:
        raise GesteImpossible(SANS_REGLES)
    passage.change |= {"reglement_id": reglement.pk, "ouvert_le": timezone.now()}
    passage.apres["reglement"] = reglement.pk


def clore(passage: Passage[Jury], _: Auteur) -> None:
    """Every person is decided of or withdrawn, and somebody chairs. Raises GesteImpossible."""
    siennes = Presentation.objects.filter(jury=passage.objet).order_by("pk")
    etats = list(siennes.values_list("etat", flat=True))
    restent = etats.count(EtatDePresentation.A_EXAMINER)
    if restent:
        reste = "1 personne reste" if restent == 1 else f"{restent} personnes restent"
        raise GesteImpossible(f"{reste} à examiner : décidez, ou retirez-les de ce jury.")
    if EtatDePresentation.DECIDEE not in etats:
        raise GesteImpossible("Ce jury n’a décidé de personne.")
    if not any(
        une.preside and une.etat == EtatDePlace.PRESENTE for une in places_de(passage.objet)
    ):
        raise GesteImpossible(
            "Dites qui préside, parmi les personnes présentes : le procès-verbal porte son nom."
        )
    passage.change["clos_le"] = timezone.now()


def pas_les_siens(passage: Passage[Jury], par: Auteur) -> None:
    """Refuses to who is party to the dossier of somebody presented there. Raises GesteImpossible."""
    if isinstance(par, Maison):
        return
    presentees = passage.objet.presentations.exclude(etat=EtatDePresentation.RETIREE)
    for une in presentees.select_related("parcours__dossier").order_by("pk"):
        if est_partie(par, une.parcours.dossier):
            raise GesteImpossible(PARTIE)


def donner_rendez_vous(passage: Passage[PlaceAuJury], _: Auteur) -> None:
    """Makes the file that the call carries, for any calendar. Raises GesteImpossible while no hour is given."""
    if not passage.objet.jury.heure:
        raise GesteImpossible("Donnez d’abord l’heure de début : la convocation la dit.")
    passage.change["rendez_vous"] = _rendez_vous(passage.objet)


def _rendez_vous(place: PlaceAuJury, *, annulee: bool = False) -> str:
    """The name of the file: the same event each time, so that a calendar moves or takes off what it has."""
    jury = place.jury
    debut = datetime.combine(
        jury.jour, time.fromisoformat(jury.heure), tzinfo=timezone.get_current_timezone()
    )
    seance = Seance(
        uid=uuid5(NAMESPACE_URL, f"binome:place-au-jury:{place.pk}"),
        revision=place.version,
        debut=debut,
        fin=debut + UNE_HEURE,
        resume=f"Jury, {jury.branche.nom}",
        texte="L’heure de fin n’est pas dite : elle dépend des personnes présentées.",
        lieu=jury.lieu,
        annulee=annulee,
    )
    contenu = ics_des_seances([seance], titre="Jury", cree_le=timezone.now())
    return RENDEZ_VOUS.ranger(contenu, "ics")


def en_seance(place: PlaceAuJury) -> str | None:
    """Why a presence may not be noted now: the jury is not open."""
    return None if place.jury.etat == EtatDeJury.OUVERT else "Le jury n’est pas ouvert."


def pas_encore_tenu(place: PlaceAuJury) -> str | None:
    """Why somebody may not leave their seat by themselves: the jury sits, or is over."""
    return (
        None
        if place.jury.etat in (EtatDeJury.PREPARE, EtatDeJury.CONVOQUE)
        else "La séance est ouverte : la branche note qui est là."
    )


def manquer(passage: Passage[PlaceAuJury], _: Auteur) -> None:
    """Somebody is not there; they may have given their voice to somebody who is. Raises GesteImpossible."""
    place = passage.objet
    porteur = passage.donnees.get("pouvoir")
    passage.change |= {"pouvoir_id": None, "preside": False}
    if porteur is None:
        return
    tenues = {une.pk: une for une in places_de(place.jury)}
    chez = tenues.get(int(porteur))
    if chez is None or chez.pk == place.pk or chez.etat != EtatDePlace.PRESENTE:
        raise GesteImpossible("Un pouvoir va à une personne présente de ce jury.", champ="pouvoir")
    reglement = place.jury.reglement
    au_plus = 0 if reglement is None else reglement.pouvoirs
    portes = sum(1 for une in tenues.values() if une.pouvoir_id == chez.pk and une.pk != place.pk)
    if portes >= au_plus:
        raise GesteImpossible(
            "Les règles de vos jurys n’admettent aucun pouvoir."
            if au_plus == 0
            else f"{chez.membre} porte déjà {portes} pouvoir{'s' if portes > 1 else ''} : c’est le plus qu’on admet.",
            champ="pouvoir",
        )
    passage.change["pouvoir_id"] = chez.pk
    passage.apres["pouvoir"] = chez.pk


def arriver(passage: Passage[PlaceAuJury], _: Auteur) -> None:
    """Somebody is there: they vote for themselves."""
    passage.change["pouvoir_id"] = None


def rendre_les_pouvoirs(passages: Sequence[Passage[PlaceAuJury]], _: Auteur) -> None:
    """Refuses that somebody who holds a voice leaves: whoever gave it must say to whom it goes."""
    for passage in passages:
        if PlaceAuJury.objects.filter(pouvoir=passage.objet.pk).exists():
            passage.refus = GesteImpossible(
                "Cette personne porte un pouvoir : notez d’abord à qui il va."
            )


def presider(passages: Sequence[Passage[PlaceAuJury]], _: Auteur) -> None:
    """One person chairs: nobody else does already."""
    for passage in passages:
        autres = PlaceAuJury.objects.filter(
            jury=passage.objet.jury_id, preside=True, etat__in=ASSISES
        )
        if autres.exclude(pk=passage.objet.pk).exists():
            passage.refus = GesteImpossible(
                "Une autre personne préside déjà : retirez-lui d’abord la présidence."
            )
        passage.change["preside"] = True


def ne_plus_presider(passage: Passage[PlaceAuJury], _: Auteur) -> None:
    """Somebody else may chair."""
    if not passage.objet.preside:
        raise GesteImpossible("Cette personne ne préside pas.")
    passage.change["preside"] = False


def oter(passage: Passage[PlaceAuJury], _: Auteur) -> None:
    """The seat is free; whoever was called has in their calendar what takes the day off it."""
    place = passage.objet
    passage.avant["convoquee"] = place.etat == EtatDePlace.CONVOQUEE
    if place.rendez_vous and place.jury.heure:
        passage.change["rendez_vous"] = _rendez_vous(place, annulee=True)
    passage.change |= {"preside": False, "pouvoir_id": None}


def retirer_le_reglement(passage: Passage[ReglementDeJury], _: Auteur) -> None:
    """Refuses parameters that a jury sat under. Raises GesteImpossible."""
    if Jury.objects.filter(reglement=passage.objet.pk).exists():
        raise GesteImpossible(
            "Un jury s’est tenu sous ces règles : elles restent. Écrivez-en d’autres, depuis un autre jour."
        )


def corriger_le_membre(passage: Passage[MembreDeJury], _: Auteur) -> None:
    """Writes what the branch says of somebody. Raises GesteImpossible when nothing changes."""
    change = _changes(passage, DU_MEMBRE)
    if not change:
        raise GesteImpossible("Rien n’a changé.")
    passage.change |= change


def declarer(passage: Passage[MembreDeJury], _: Auteur) -> None:
    """Writes the ties and the days of somebody, said today, even to say that nothing changed."""
    passage.change |= {**_changes(passage, DES_LIENS), "declare_le": timezone.now()}


def effacer_le_membre(passage: Passage[MembreDeJury], _: Auteur) -> None:
    """Takes off the name and every tie; that a seat was held stays, which names nobody but in the minutes."""
    passage.change |= {
        "prenom": "", "nom": "", "courriel": "", "compte_id": None, "organismes": [], "employeurs": [],
        "connus": [], "jours": [], "departement": "",
    }  # fmt: skip
