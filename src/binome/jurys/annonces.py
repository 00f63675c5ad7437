"""Whom the gestures on juries tell: who is called and who is called no more, who has a result, who has an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse

from binome.branches.services import textes_de
from binome.comptes.adresses_des_roles import adresses_de
from binome.courrier.nouvelle import nouvelle_de
from binome.courrier.services import mettre_tous_en_file, plier
from binome.dossiers.destinataires import du_candidat, s_ecrit
from binome.gestes.suites import Suite
from binome.jurys.etats import EtatDeJury, EtatDePresentation
from binome.jurys.models import PlaceAuJury, Presentation
from binome.regles.courante import certification_de

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.comptes.models import Organisation
    from binome.courrier.services import AMettre
    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.jurys.models import DemarcheVae, Jury, RecoursDeJury

PERSONNE: Final = Suite("personne : la page le montre")
POURQUOI_JURE: Final = "la branche vous compte parmi les personnes qui peuvent siéger"
POURQUOI_CANDIDAT: Final = "ce dossier est le vôtre"
PASSAGE: Final = "votre passage devant le jury"
PRESENTE: Final = "présente votre dossier au jury"
SI_VENIR: Final = "Si vous devez venir, la branche vous le dit."
"""No text that was read says whether who followed the training is heard."""


def _au_jure(place: PlaceAuJury, geste: str, sujet: str, phrase: str, suite: str = "") -> AMettre:
    jury, membre, convoque = place.jury, place.membre, geste != "retirer"
    return nouvelle_de(
        jury.branche,
        plier(membre.courriel),
        cle=f"jury:{geste}:{place.pk}:{place.version}",
        sujet=sujet,
        phrase=phrase,
        suite=suite,
        action="Dire vos liens et vos jours",
        # Who has no account yet may have one with this address: the page asks who they are.
        page=reverse("mes-liens-de-jury") if convoque or membre.compte_id else "",
        pourquoi=POURQUOI_JURE,
        exemple=jury.branche.exemple,
        certification=certification_de(jury.certification).nom,
        pieces_jointes=(
            [{"nom": "jury.ics", "fichier": place.rendez_vous, "type": "text/calendar"}]
            if place.rendez_vous
            else ()
        ),
    )


def _joindre(jury: Jury) -> str:
    """How to reach the branch, as it wrote it, to follow its name; nothing while it wrote none."""
    textes = textes_de(jury.branche)
    dit = ", ".join(
        un.strip() for un in (textes.contact if textes else "").splitlines() if un.strip()
    )
    return f" : {dit.rstrip('.')}" if dit else ""


def _s_ecrit(place: PlaceAuJury) -> bool:
    """Whether mails leave to somebody who sits: they have an address, and never of a made-up branch, but in a demonstration."""
    return place.membre.courriel != "" and (
        settings.DEMONSTRATION or not place.jury.branche.exemple
    )


def ou_et_quand(jury: Jury) -> str:
    """Where and when, to follow « le jury »."""
    heure = f" à {jury.heure.replace(':', ' h ')}" if jury.heure else ""
    lieu = f", {jury.lieu}" if jury.lieu else ""
    return f"{jury.nom.removeprefix('jury ')}{heure}{lieu}"


def _convoquer(passages: Sequence[Passage[PlaceAuJury]], _: Auteur) -> None:
    _au_rendez_vous(passages, "convoquer")


def _deplacer(passages: Sequence[Passage[PlaceAuJury]], _: Auteur) -> None:
    _au_rendez_vous(passages, "deplacer")


def _au_rendez_vous(passages: Sequence[Passage[PlaceAuJury]], geste: str) -> None:
    """Who is called, for the first time or to another day, hour or place, with what a calendar takes."""
    lettres = [
        _au_jure(
            un.objet, geste,
            f"Vous siégez au {un.objet.jury.nom}" if geste == "convoquer" else f"Rendez-vous changé : {un.objet.jury.nom}",
            f"{un.objet.jury.branche.nom} vous convoque au jury {ou_et_quand(un.objet.jury)}."
            if geste == "convoquer"
            else f"{un.objet.jury.branche.nom} a changé le rendez-vous : le jury où vous siégez se tient {ou_et_quand(un.objet.jury)}. "
            "Si vous ne pouvez plus venir, dites-le sur votre page.",
            "Dites avant la séance si vous avez un lien avec une personne présentée : vous quitterez le vote pour elle. "
            f"Si aucun compte n’a votre adresse ici, dites-le à la branche{_joindre(un.objet.jury)}.",
        )
        for un in passages
        if _s_ecrit(un.objet)
    ]  # fmt: skip
    mettre_tous_en_file(lettres)
    for passage in passages:
        if not _s_ecrit(passage.objet):
            passage.sans_nouvelles.append(
                f"Aucun courriel ne part à {passage.objet.membre} : prévenez cette personne vous-même."
            )


def _decommander(passages: Sequence[Passage[PlaceAuJury]], _: Auteur) -> None:
    """Told to who had been called alone."""
    mettre_tous_en_file(
        [
            _au_jure(
                un.objet, "retirer", f"Vous n’êtes plus attendu au {un.objet.jury.nom}",
                f"{un.objet.jury.branche.nom} a annulé le jury {ou_et_quand(un.objet.jury)}."
                if un.objet.jury.etat == EtatDeJury.ANNULE
                else f"{un.objet.jury.branche.nom} ne vous attend plus au jury {ou_et_quand(un.objet.jury)}.",
            )
            for un in passages
            if un.avant.get("convoquee") and _s_ecrit(un.objet)
        ]
    )  # fmt: skip


def _prevenir_qui_organise(passages: Sequence[Passage[PlaceAuJury]], _: Auteur) -> None:
    """Somebody will not come: told to who organises the juries, who finds another."""
    mettre_tous_en_file(
        [
            une
            for un in passages
            for une in _a_la_branche(
                un.objet.jury, f"jury:decliner:{un.objet.pk}:{un.objet.version}",
                f"{un.objet.membre} ne pourra pas siéger",
                f"{un.objet.membre} ne pourra pas siéger au jury {ou_et_quand(un.objet.jury)}. Sa place est libre.",
                "Ouvrir le jury", reverse("jury", args=[un.objet.jury_id]),
            )
        ]
    )  # fmt: skip


def _a_la_branche(
    jury: Jury, cle: str, sujet: str, phrase: str, action: str, page: str, reference: str = ""
) -> list[AMettre]:
    """The same mail to each of those who organise the juries of a branch; to who administers it where nobody does."""
    if not (settings.DEMONSTRATION or not jury.branche.exemple):
        return []
    siennes = [jury.branche_id]
    return [
        nouvelle_de(
            jury.branche,
            courriel,
            cle=cle,
            sujet=sujet,
            phrase=phrase,
            action=action,
            page=page,
            pourquoi="vous organisez les jurys de la branche",
            exemple=jury.branche.exemple,
            certification=certification_de(jury.certification).nom,
            reference=reference,
        )
        for courriel in adresses_de(siennes, "jury") or adresses_de(siennes, "administrateur")
    ]


def _au_candidat(
    dossier: Dossier,
    branche: Organisation,
    cle: str,
    sujet: str,
    phrase: str,
    suite: str,
    page: str,
) -> list[AMettre]:
    if not s_ecrit(dossier):
        return []
    return [
        nouvelle_de(
            branche,
            courriel,
            cle=cle,
            sujet=f"Dossier {dossier.reference} : {sujet}",
            phrase=phrase,
            suite=suite,
            action="Lire",
            page=page,
            pourquoi=POURQUOI_CANDIDAT,
            exemple=dossier.exemple,
            certification=certification_de(dossier.certification).nom,
            reference=dossier.reference,
        )
        for courriel in du_candidat(dossier)
    ]


def _annoncer_les_resultats(passages: Sequence[Passage[Jury]], _: Auteur) -> None:
    """A mail says that a result is there, never which."""
    jurys = {un.objet.pk: un for un in passages}
    decidees = Presentation.objects.filter(jury__in=jurys, etat=EtatDePresentation.DECIDEE)
    lettres: list[AMettre] = []
    for une in decidees.select_related("parcours__dossier__candidat").order_by("pk"):
        jury = jurys[une.jury_id].objet
        lettres += _au_candidat(
            une.parcours.dossier, jury.branche, f"jury:clore:{une.pk}", "le jury a rendu ses décisions",
            f"Le {jury.nom} a décidé de ce que vous lui avez présenté.",
            "Le résultat se lit sur la page de votre parcours, avec ce que vous pouvez faire ensuite.",
            reverse("suivi", args=["parcours", une.parcours_id]),
        )  # fmt: skip
    mettre_tous_en_file(lettres)


def _a_qui_est_presente(
    presentees: Iterable[Presentation], geste: str, sujet: str, dit: str, suite: str
) -> None:
    """The same mail to each person presented; `dit` goes on with where and when."""
    lettres: list[AMettre] = []
    for une in presentees:
        jury = une.jury
        lettres += _au_candidat(
            une.parcours.dossier, jury.branche, f"jury:{geste}-candidat:{une.pk}:{jury.version}", sujet,
            f"{jury.branche.nom} {dit} {ou_et_quand(jury)}.", suite, reverse("suivi", args=["parcours", une.parcours_id]),
        )  # fmt: skip
    mettre_tous_en_file(lettres)


def _presentes_au(passages: Sequence[Passage[Jury]]) -> list[Presentation]:
    """Who waits for these juries, each with its jury as it is now."""
    jurys = {un.objet.pk: un.objet for un in passages}
    attendent = Presentation.objects.filter(jury__in=jurys, etat=EtatDePresentation.A_EXAMINER)
    lues = list(attendent.select_related("parcours__dossier__candidat").order_by("pk"))
    for une in lues:
        une.jury = jurys[une.jury_id]
    return lues


def _annoncer_le_jury(passages: Sequence[Passage[Jury]], _: Auteur) -> None:
    _a_qui_est_presente(_presentes_au(passages), "convoquer", PASSAGE, PRESENTE, SI_VENIR)


def _annoncer_le_changement(passages: Sequence[Passage[Jury]], _: Auteur) -> None:
    """Told once the jury was called alone: before, nobody knew its day."""
    convoques = [un for un in passages if un.objet.etat == EtatDeJury.CONVOQUE]
    dit = "a changé le rendez-vous : votre dossier passe devant le jury"
    _a_qui_est_presente(
        _presentes_au(convoques), "regler", "votre passage devant le jury change", dit, SI_VENIR
    )


def _annoncer_une_presentation(passages: Sequence[Passage[Presentation]], _: Auteur) -> None:
    """Who is added to a jury that was called already."""
    apres_coup = [un.objet for un in passages if un.objet.jury.etat == EtatDeJury.CONVOQUE]
    _a_qui_est_presente(apres_coup, "presenter", PASSAGE, PRESENTE, SI_VENIR)


def _annoncer_un_retrait(passages: Sequence[Passage[Presentation]], _: Auteur) -> None:
    """Told to who had been told of the jury alone: somebody was called there."""
    dits = [un.objet for un in passages if un.objet.jury.etat != EtatDeJury.PREPARE]
    appeles = set(
        PlaceAuJury.objects.filter(jury__in={une.jury_id for une in dits})
        .exclude(rendez_vous="")
        .order_by()
        .values_list("jury", flat=True)
    )
    _a_qui_est_presente(
        [une for une in dits if une.jury_id in appeles], "retirer", "vous ne passez plus devant ce jury",
        "ne présente plus votre dossier au jury", "Elle peut le présenter à un autre : cette page le dira.",
    )  # fmt: skip


def _annoncer_un_recours(passages: Sequence[Passage[RecoursDeJury]], _: Auteur) -> None:
    """Told to who organises the juries of the branch; to who administers it where nobody does."""
    lettres: list[AMettre] = []
    for un in passages:
        jury = un.objet.presentation.jury
        reference = un.objet.presentation.parcours.dossier.reference
        lettres += _a_la_branche(
            jury, f"jury:recours-depose:{un.objet.pk}", f"Dossier {reference} : un recours contre le {jury.nom}",
            f"Une personne conteste ce que le {jury.nom} a décidé d’elle.", "Lire le recours",
            reverse("suivi", args=["recours_de_jury", un.objet.pk]), reference,
        )  # fmt: skip
    mettre_tous_en_file(lettres)


def _repondre_au_recours(passages: Sequence[Passage[RecoursDeJury]], _: Auteur) -> None:
    lettres: list[AMettre] = []
    for un in passages:
        presentation = un.objet.presentation
        lettres += _au_candidat(
            presentation.parcours.dossier, presentation.jury.branche, f"jury:recours:{un.objet.pk}",
            "la branche a répondu à votre recours",
            f"{presentation.jury.branche.nom} a répondu à ce que vous contestiez.", "La réponse se lit sur sa page.",
            reverse("suivi", args=["recours_de_jury", un.objet.pk]),
        )  # fmt: skip
    mettre_tous_en_file(lettres)


def _avancer_la_vae(passages: Sequence[Passage[DemarcheVae]], _: Auteur) -> None:
    lettres: list[AMettre] = []
    for un in passages:
        une = un.objet
        lettres += _au_candidat(
            une.dossier, une.branche, f"jury:vae:{une.pk}:{une.version}", "votre demande de VAE avance",
            f"{une.branche.nom} a avancé dans votre demande de VAE.", "Où elle en est se lit sur sa page.",
            reverse("suivi", args=["vae", une.pk]),
        )  # fmt: skip
    mettre_tous_en_file(lettres)


CANDIDAT: Final = "la personne"
PRESENTES: Final = "les personnes présentées"
SUITES: Final = {
    "jurys": {
        "convoquer": Suite(PRESENTES, _annoncer_le_jury),
        "regler": Suite(f"{PRESENTES}, si le jury était convoqué", _annoncer_le_changement),
        "clore": Suite(f"{PRESENTES} : un résultat est là", _annoncer_les_resultats),
    },
    "presentations": {
        "presenter": Suite(f"{CANDIDAT}, si le jury est convoqué", _annoncer_une_presentation),
        "retirer": Suite(f"{CANDIDAT}, si le jury était convoqué", _annoncer_un_retrait),
    },
    "places_au_jury": {
        "convoquer": Suite("qui siège, avec le rendez-vous", _convoquer),
        "deplacer": Suite("qui siège, avec le nouveau rendez-vous", _deplacer),
        "retirer": Suite("qui siégeait, si la convocation était partie", _decommander),
        "decliner": Suite("qui organise les jurys de la branche", _prevenir_qui_organise),
    },
    "recours_de_jury": {
        "deposer": Suite("qui organise les jurys de la branche", _annoncer_un_recours),
        "accueillir": Suite(CANDIDAT, _repondre_au_recours),
        "rejeter": Suite(CANDIDAT, _repondre_au_recours),
    },
    "vae": {
        "recevoir": Suite(CANDIDAT, _avancer_la_vae),
        "refuser": Suite(CANDIDAT, _avancer_la_vae),
    },
}  # fmt: skip
"""What follows a gesture, by flow; the others tell nobody."""
