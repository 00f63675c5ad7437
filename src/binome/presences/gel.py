"""Counter-signing a slot: in its transaction, what holds of each person who was expected. And saying it again after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.gestes.passage import Passage
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, faire_tous, naitre
from binome.presences import codes
from binome.presences.constat import ABSENT, PRESENT, CeQuiSEstPasse
from binome.presences.etats import EtatDActivite, EtatDePresence, EtatDeSignature
from binome.presences.flows import PRESENCES
from binome.presences.models import Activite, Presence, Signature
from binome.presences.passages import par_qui
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.horloge import dire_l_heure
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.acteur import Acteur
    from binome.gestes.auteur import Auteur
    from binome.parcours.models import Parcours

NE_BOUGE_PLUS = "il ne se déplace plus. Annulez-le, et ajoutez-en un autre."
POURQUOI_FERME = {
    EtatDeCreneau.GELE: "Ce créneau est contresigné : corrigez la présence.",
    EtatDeCreneau.ANNULE: "Ce créneau est annulé.",
}
TROP_TARD: Final = (
    "Ce créneau est fini : le code ne signe plus. Faites signer sur une tablette ou sur la feuille de papier ; "
    "sinon, notez qui était là : sans signature, ces heures ne sont pas prouvées."
)


def noter(
    acteur: Acteur, creneau: Creneau, parcours: int, constat: CeQuiSEstPasse, *, version: int = 0
) -> Presence:
    """Notes what happened for a person, again if need be; `version` is that of the note that was seen, 0 for none.

    Raises GesteImpossible; Depasse when somebody noted, or counter-signed, meanwhile.
    """
    with transaction.atomic():
        # Held until the note is written: of a note and a counter-signature, the second sees the first.
        tenu = Creneau.objects.select_for_update().get(pk=creneau.pk)
        tenu.session = creneau.session
        if tenu.modalite == ModaliteDeCreneau.A_DISTANCE:
            raise GesteImpossible("Ce créneau n’a pas d’horaire : évaluez l’activité rendue.")
        if tenu.etat in POURQUOI_FERME:
            raise GesteImpossible(POURQUOI_FERME[EtatDeCreneau(tenu.etat)])
        sien = _attendu(tenu, parcours)
        note = Presence.objects.filter(
            creneau=tenu, parcours=sien, etat=EtatDePresence.NOTEE
        ).select_related("creneau__session", "parcours__dossier").first()  # fmt: skip
        colonnes = constat.colonnes(tenu)
        if note is not None:
            faire(
                PRESENCES, "preciser", note, acteur, version=version, donnees={"constat": colonnes}
            )
            return note
        note = Presence(creneau=tenu, parcours=sien, signee=False, **colonnes, **par_qui(acteur))
        try:
            naitre(PRESENCES, "noter", [note], acteur)
        except IntegrityError:
            raise Depasse(PRESENCES.ce_mot) from None
        return note


def _attendu(creneau: Creneau, numero: int) -> Parcours:
    for une in attendus(creneau):
        if une.parcours_id == numero:
            return une.parcours
    raise GesteImpossible("Cette personne n’est pas attendue à ce créneau.")


def signataires(creneau: Creneau) -> set[int]:
    """The paths whose signature of a slot counts, by number."""
    siennes = Signature.objects.filter(creneau=creneau, etat=EtatDeSignature.RECUE)
    return set(siennes.values_list("parcours", flat=True).order_by())


def absentes_a_noter(creneau: Creneau) -> int:
    """How many people a counter-signature would now say away: expected, neither noted nor signed."""
    if creneau.modalite == ModaliteDeCreneau.A_DISTANCE:
        return 0
    notees = Presence.objects.filter(creneau=creneau, etat=EtatDePresence.NOTEE)
    dites = signataires(creneau) | set(notees.values_list("parcours", flat=True).order_by())
    return sum(une.parcours_id not in dites for une in attendus(creneau))


def refuser_trop_tard(passages: Sequence[Passage[Creneau]], _: Auteur) -> None:
    """What follows the opening of a signature: refused when no code signs any more. Raises GesteImpossible."""
    for passage in passages:
        if timezone.now() > codes.fermeture(passage.objet):
            raise GesteImpossible(TROP_TARD)


def constater_tout(passages: Sequence[Passage[Creneau]], par: Auteur) -> None:
    """What follows a counter-signature: a presence for each person expected, noted ones as they were.

    Who signed was there, for the whole slot unless noted otherwise; who is noted there and did not sign proves nothing; who
    is neither was not. Raises GesteImpossible before the slot ends, little before apart: nothing is then written.
    """
    for passage in passages:
        creneau = passage.objet
        if timezone.now() < creneau.debut:
            raise GesteImpossible(
                "Ce créneau n’a pas commencé : contresignez-le quand il est fini."
            )
        ouvre = codes.contresignature(creneau)
        if timezone.now() < ouvre:
            heure = dire_l_heure(ouvre, creneau.session.site.fuseau)
            raise GesteImpossible(
                f"La contresignature ouvre à {heure}. S’il a fini plus tôt, écrivez d’abord l’heure où il a fini."
            )
        _constater(creneau, par)


def suivre_la_fin(passages: Sequence[Passage[Creneau]], par: Auteur) -> None:
    """What follows a slot that ended early: what was noted of its people is counted up to its new end.

    Raises GesteImpossible when nothing would be left of what is noted of somebody: the slot then keeps its end.
    """
    for passage in passages:
        creneau, otees = passage.objet, passage.donnees["otees"]
        notees = Presence.objects.filter(creneau=creneau, etat=EtatDePresence.NOTEE, nature=PRESENT)
        redites = []
        for une in notees.select_related("parcours__dossier").order_by("pk"):
            une.creneau = creneau
            constat = CeQuiSEstPasse(
                PRESENT, une.retard, max(0, une.avance - otees), une.interruption
            )
            if constat.minutes(creneau) <= 0:
                raise GesteImpossible(
                    f"{une.parcours.dossier.personne} n’aurait rien suivi : notez d’abord une absence.",
                    champ="a",
                )
            redites.append(Passage(une, une.version, {"constat": constat.colonnes(creneau)}))
        for laisse in faire_tous(PRESENCES, "preciser", redites, par).laisses if redites else ():
            raise laisse.refus or GesteImpossible("Une présence a changé entre-temps.")


def refuser_ce_qui_est_signe(passages: Sequence[Passage[Creneau]], _: Auteur) -> None:
    """What follows a slot that moves: nothing, unless somebody signed it or something is noted of it.

    A signature proves the minutes of the slot that was signed. Raises GesteImpossible: the slot stays where it was.
    """
    for passage in passages:
        creneau = passage.objet
        if qui := len(signataires(creneau)):
            ont = f"{qui} personnes l’ont signé" if qui > 1 else "Une personne l’a signé"
            raise GesteImpossible(f"{ont} : {NE_BOUGE_PLUS}")
        notes = Presence.objects.filter(creneau=creneau), Activite.objects.filter(creneau=creneau)
        if any(une.exists() for une in notes):
            raise GesteImpossible(f"Quelque chose est déjà noté de ce créneau : {NE_BOUGE_PLUS}")


def _constater(creneau: Creneau, par: Auteur) -> None:
    if creneau.modalite == ModaliteDeCreneau.A_DISTANCE:
        _crediter(creneau, par)
        return
    signatures = Signature.objects.filter(creneau=creneau, etat=EtatDeSignature.RECUE)
    signes = {
        une.parcours_id: une.parcours
        for une in signatures.select_related("parcours__dossier").order_by("pk")
    }
    # Who signed and was taken off since was there.
    gens = {**{une.parcours_id: une.parcours for une in attendus(creneau)}, **signes}
    notees = {
        une.parcours_id: une
        for une in Presence.objects.filter(creneau=creneau, etat=EtatDePresence.NOTEE)
        .select_related("creneau__session", "parcours__dossier")
    }  # fmt: skip
    retenues, nouvelles = [], []
    for parcours in gens.values():
        note = notees.get(parcours.pk)
        signe = parcours.pk in signes
        if note is not None:
            signee = signe and note.nature == PRESENT
            retenues.append(Passage(note, note.version, {"signee": signee}))
            continue
        constat = CeQuiSEstPasse(PRESENT if signe else ABSENT)
        nouvelles.append(
            Presence(
                creneau=creneau, parcours=parcours, signee=signe, **constat.colonnes(creneau), **par_qui(par)
            )
        )  # fmt: skip
    for laisse in faire_tous(PRESENCES, "contresigner", retenues, par).laisses if retenues else ():
        raise laisse.refus or GesteImpossible("Une présence a changé entre-temps.")
    if nouvelles:
        naitre(PRESENCES, "constater", nouvelles, par)


def _crediter(creneau: Creneau, par: Auteur) -> None:
    """At a distance without a timetable, what was evaluated proves the minutes that it credits; nothing else does."""
    minutes = _creditees(creneau)
    naitre(
        PRESENCES,
        "constater",
        [
            Presence(
                creneau=creneau, parcours=une.parcours, minutes=minutes.get(une.parcours_id) or 0,
                nature=PRESENT if minutes.get(une.parcours_id) else ABSENT,
                signee=bool(minutes.get(une.parcours_id)), **par_qui(par),
            )
            for une in attendus(creneau)
        ],
        par,
    )  # fmt: skip


def corriger(
    acteur: Acteur,
    presence: Presence,
    constat: CeQuiSEstPasse,
    raison: str,
    *,
    version: int,
    apres_coup: bool = False,
) -> Passage[Presence]:
    """Says again a presence of a slot that is counter-signed: `nouvelle` holds from now on. Raises GesteImpossible.

    `apres_coup`: because a signature made after the fact was accepted, which the mail then says.
    """
    donnees = {"raison": raison, "apres_coup": apres_coup, **_ce_qui_tient(presence, constat)}
    return faire(PRESENCES, "corriger", presence, acteur, version=version, donnees=donnees)


def _ce_qui_tient(presence: Presence, constat: CeQuiSEstPasse) -> dict[str, Any]:
    """What a correction writes, and whether something proves it. Raises GesteImpossible."""
    creneau = presence.creneau
    present = constat.nature == PRESENT
    if creneau.modalite != ModaliteDeCreneau.A_DISTANCE:
        signee = present and presence.parcours_id in signataires(creneau)
        return {"constat": constat.colonnes(creneau), "signee": signee}
    minutes = _creditees(creneau).get(presence.parcours_id) if present else 0
    if minutes is None:
        raise GesteImpossible("Évaluez d’abord l’activité rendue : sans elle, rien ne se compte.")
    colonnes = {**CeQuiSEstPasse(constat.nature).colonnes(creneau), "minutes": minutes}
    return {"constat": colonnes, "signee": present}


def _creditees(creneau: Creneau) -> dict[int, int]:
    """The minutes credited of each path, by its number: those of evaluated activities alone."""
    evaluees = Activite.objects.filter(creneau=creneau, etat=EtatDActivite.EVALUEE)
    lues = evaluees.values_list("parcours", "minutes").order_by()
    return {numero: minutes for numero, minutes in lues if minutes}


def redire(passages: Sequence[Passage[Presence]], par: Auteur) -> None:
    """What follows a correction: the presence that holds from now on, which names the one that it replaces."""
    for passage in passages:
        ancienne, dit = passage.objet, passage.donnees
        nouvelle = Presence(
            creneau=ancienne.creneau, parcours=ancienne.parcours, signee=dit["signee"], remplace=ancienne,
            raison=dit["raison"], **dit["constat"], **par_qui(par),
        )  # fmt: skip
        naitre(PRESENCES, "constater", [nouvelle], par)
        dit["nouvelle"] = nouvelle
