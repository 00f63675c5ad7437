"""The effect that every gesture of a dossier has: its mails, in its transaction, and what the page may say of them."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.urls import reverse
from django.utils import timezone

from binome.bureau.filtres import A_EXAMINER, FiltreDeDossiers
from binome.comptes.acteur import Acteur
from binome.comptes.invitations import NouvelleJointe
from binome.courrier.services import (
    AMettre,
    avertir,
    cle_pour,
    mettre_tous_en_file,
    plier,
    readresser,
)
from binome.dossiers.destinataires import s_ecrit
from binome.dossiers.flows import A_LA_BRANCHE, CANDIDAT, EXAMEN, GESTES, ORGANISME
from binome.dossiers.flux import FLUX
from binome.dossiers.natures import a_envoyer
from binome.dossiers.rattachement import inviter_les_candidats
from binome.gestes.auteur import Maison, personne
from binome.gestes.suites import Suite
from binome.lettres.carnet import (
    A_QUI,
    A_QUI_DES_SIENS,
    A_QUI_DU_CANDIDAT,
    EXEMPLE,
    SANS_ADRESSE,
    Carnet,
    nom_de_la_branche,
    nom_de_la_certification,
    pourquoi,
)
from binome.lettres.de_suite import refaire_les_lettres, repondre_par_une_lettre
from binome.lettres.lettre import adresse_de_la_lettre
from binome.lettres.nouvelles import LIGNES
from binome.regles.calendrier import date_en_clair
from binome.regles.dire import enumerer
from binome.socle.adresse_du_site import adresse_entiere
from binome.typographie import elider, majuscule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Effet, Passage
    from binome.lettres.nouvelles import Nouvelle

CITES: Final = 20
"""Dossiers that one mail for many names; past them, the list shows the others."""
D_ABORD_L_INVITATION: Final = (
    "Vous n’avez pas encore de compte : ouvrez d’abord celui que propose notre autre courriel, « Votre dossier "
    "{dossier} », envoyé à cette adresse."
)


def _mots(dossier: Dossier, cote: str) -> dict[str, str]:
    le, qui = ("votre dossier", "") if cote == CANDIDAT else ("le dossier", de_la_personne(dossier))
    return {
        "dossier": dossier.reference,
        "nomme": f"Dossier {dossier.reference}{qui}",
        "le_dossier": f"{le} {dossier.reference}{qui}",
        "au_dossier": f"au dossier {dossier.reference}{qui}",
        "organisme": dossier.organisme.nom,
        "d_organisme": elider("de", dossier.organisme.nom),
        "branche": nom_de_la_branche(dossier),
        "que_branche": elider("que", nom_de_la_branche(dossier)),
    }


def de_la_personne(dossier: Dossier) -> str:
    """Whom a dossier is about, in the text of a mail: who reads it works with names, and no subject holds one."""
    return f" {elider('de', dossier.personne)}" if dossier.prenom or dossier.nom else ""


class _DeQui(NamedTuple):
    nom: str
    numero: int | None


def _de_qui(geste: str, passage: Passage[Dossier], par: Auteur, cote: str) -> _DeQui:
    """Who writes: the organisation or the branch that made the gesture.

    What a candidate does comes to them from who has the dossier then, and to the others from « la personne candidate »:
    no name leaves in a header.
    """
    dossier = passage.objet
    branche = majuscule(nom_de_la_branche(dossier))
    cotes = (EXAMEN,) if isinstance(par, Maison) else FLUX.cotes(par, dossier)
    fait = [un for un in (*GESTES[geste].qui, EXAMEN) if un in cotes] if geste in GESTES else cotes
    if EXAMEN in fait and ORGANISME not in fait:
        return _DeQui(branche, dossier.branche_id)
    if ORGANISME in fait:
        return _DeQui(dossier.organisme.nom, dossier.organisme_id)
    if cote != CANDIDAT:
        return _DeQui("La personne candidate", None)
    return _DeQui(branche if dossier.etat in A_LA_BRANCHE else dossier.organisme.nom, None)


def _page(dossier: Dossier, ligne: Nouvelle, passage: Passage[Dossier]) -> str:
    if ligne.lettre:
        return adresse_de_la_lettre(passage.donnees["decision"])
    if ligne.depot and (manquent := a_envoyer(dossier)):
        depot = reverse("joindre-piece", args=[dossier.reference])
        return adresse_entiere(f"{depot}?nature={manquent[0].code}")
    return adresse_entiere(f"{reverse('dossier', args=[dossier.reference])}{ligne.ancre}")


class _Dite(NamedTuple):
    sujet: str
    phrase: str
    cite: str
    avant: str


def _dite(ligne: Nouvelle, passage: Passage[Dossier], cote: str) -> _Dite:
    """The news in words, for a side."""
    lettre = passage.donnees.get("lettre")
    mots = _mots(passage.objet, cote) | {"du_jour": date_en_clair(lettre.le) if lettre else ""}
    jour = passage.donnees.get("avant") if ligne.avant else None
    avant = "" if jour is None else date_en_clair(jour)
    sujet = ligne.sujet.format(**mots)
    return _Dite(
        f"{sujet} avant le {avant}" if avant else sujet,
        majuscule(ligne.phrase.format(**mots)),
        passage.donnees.get(ligne.cite, "") if ligne.cite else "",
        avant,
    )


def _lettre(
    geste: str,
    ligne: Nouvelle,
    cote: str,
    courriel: str,
    passage: Passage[Dossier],
    de: _DeQui,
) -> AMettre:
    dossier = passage.objet
    mots, dite = _mots(dossier, cote), _dite(ligne, passage, cote)
    suite = ligne.suite
    if cote == CANDIDAT and dossier.candidat_id is None:
        suite = " ".join((suite, D_ABORD_L_INVITATION.format(**mots))).strip()
    fois = str(timezone.localdate()) if ligne.jour else str(dossier.version)
    return AMettre(
        cle=cle_pour(f"geste:{geste}:{dossier.reference}:{fois}:{cote}", courriel),
        destinataire=courriel,
        sujet=dite.sujet,
        gabarit="nouvelle",
        contexte={
            "phrase": dite.phrase,
            "suite": suite,
            "cite": dite.cite,
            "cite_titre": ligne.cite_titre,
            "avant": dite.avant,
            "action": ligne.action,
            "adresse": _page(dossier, ligne, passage),
            "certification": nom_de_la_certification(dossier),
            "pourquoi": pourquoi(dossier, cote),
            "demonstration": dossier.exemple,
        },
        expediteur=de.nom,
        ecrit_par=de.numero,
        reference=dossier.reference,
        repondant=Carnet.repond(dossier, cote),
    )


def _de_plusieurs(
    geste: str,
    ligne: Nouvelle,
    cote: str,
    courriel: str,
    siens: Sequence[Passage[Dossier]],
    de: _DeQui,
) -> AMettre:
    """One mail for many dossiers of one gesture: it names the first ones."""
    premier = siens[0].objet
    mots = _mots(premier, cote)
    reste = len(siens) - CITES
    return AMettre(
        cle=cle_pour(f"geste:{geste}:{premier.reference}:{premier.version}:{cote}:tous", courriel),
        destinataire=courriel,
        sujet=ligne.de_plusieurs.format(nombre=len(siens)),
        gabarit="nouvelle",
        contexte={
            "phrase": f"Ces {len(siens)} dossiers sont déposés. L’examen revient à {mots['branche']}.",
            "points": [
                {"mot": _mots(un.objet, cote)["nomme"], "adresse": _page(un.objet, ligne, un)}
                for un in siens[:CITES]
            ],
            "suite": f"{reste} autres sont dans votre liste." if reste > 0 else "",
            "action": "Ouvrir la liste des dossiers",
            "adresse": adresse_entiere(reverse("dossiers")),
            "certification": nom_de_la_certification(premier),
            "pourquoi": pourquoi(premier, cote),
            "demonstration": premier.exemple,
        },
        expediteur=de.nom,
        ecrit_par=de.numero,
        repondant=Carnet.repond(premier, cote),
    )


def prevenir(geste: str, passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Queues the mails of a gesture, for one or for many; each passage then says who is told, and who cannot be."""
    lignes = LIGNES[geste]
    if isinstance(lignes, str):
        return
    carnet = Carnet([un.objet for un in passages])
    invites = _inviter_en_le_disant(lignes, passages, par)
    courriers: list[AMettre] = []
    dits: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    for ligne in lignes:
        ensemble: defaultdict[tuple[str, str], list[Passage[Dossier]]] = defaultdict(list)
        for passage in passages:
            if not ligne.si(passage, par):
                continue
            for cote in ligne.a:
                adresses = dict.fromkeys(carnet.de(passage.objet, cote))
                dits[id(passage)][cote] = list(adresses)
                if cote == CANDIDAT and passage.objet.reference in invites:
                    continue  # their invitation says it: one mail, not two
                for courriel in adresses:
                    ensemble[cote, courriel].append(passage)
        for (cote, courriel), siens in ensemble.items():
            de = _de_qui(geste, siens[0], par, cote)
            if ligne.de_plusieurs and len(siens) > 1:
                courriers.append(_de_plusieurs(geste, ligne, cote, courriel, siens, de))
            else:
                courriers += [_lettre(geste, ligne, cote, courriel, un, de) for un in siens]
    mettre_tous_en_file(courriers)
    for passage in passages:
        _dire(passage, dits[id(passage)], carnet, par)
        if geste == "deposer":
            _dire_l_invitation(passage, carnet)
    if geste == "deposer":
        _noter_pour_la_branche(passages, carnet)


def _dire(
    passage: Passage[Dossier], dits: dict[str, list[str]], carnet: Carnet, par: Auteur
) -> None:
    """Who is written to, as it is said to whoever made the gesture: to them, it is « vous »."""
    if not dits:
        return
    if not s_ecrit(passage.objet):
        passage.nouvelles.append(EXEMPLE)
        return
    sienne = "" if isinstance(par, Maison) else plier(personne(par).personne.courriel)
    cotes = frozenset[str]() if isinstance(par, Maison) else FLUX.cotes(par, passage.objet)
    autres = [
        (A_QUI_DU_CANDIDAT if CANDIDAT in cotes else A_QUI_DES_SIENS if cote in cotes else A_QUI)[
            cote
        ]
        for cote, adresses in dits.items()
        if set(adresses) - {sienne}
    ]
    a_soi = any(sienne in adresses for adresses in dits.values())
    if (a_soi or autres) and carnet.empeche:
        passage.sans_nouvelles.append(carnet.empeche)
    elif a_soi:
        suite = f", et un autre part {enumerer(autres)}" if autres else ""
        passage.nouvelles.append(f"Un courriel vous est envoyé{suite}.")
    elif autres:
        passage.nouvelles.append(f"Un courriel part {enumerer(autres)}.")
    passage.sans_nouvelles += [
        SANS_ADRESSE[cote]
        for cote, adresses in dits.items()
        if not adresses and cote in SANS_ADRESSE
    ]


def _dire_l_invitation(passage: Passage[Dossier], carnet: Carnet) -> None:
    dossier = passage.objet
    if dossier.candidat_id is None and dossier.courriel and s_ecrit(dossier) and not carnet.empeche:
        passage.nouvelles.append(
            f"La personne candidate est invitée à le suivre, à {dossier.courriel}."
        )


def _inviter_en_le_disant(
    lignes: Sequence[Nouvelle], passages: Sequence[Passage[Dossier]], par: Auteur
) -> set[str]:
    """A candidate without an account is told to open one: their invitation holds, or another leaves and tells the news.

    Gives the dossiers of those to whom one leaves.
    """
    annonces = {
        un.objet.reference: _annonce(ligne, un)
        for un in passages
        if un.objet.candidat_id is None
        and un.objet.depose_le is not None
        and un.objet.anonyme_le is None
        and s_ecrit(un.objet)
        for ligne in lignes
        if CANDIDAT in ligne.a and ligne.si(un, par)
    }
    seuls = [un for un in passages if un.objet.reference in annonces]
    if isinstance(par, Maison):
        return {
            reference
            for un in seuls
            for reference in inviter_les_candidats(
                [un.objet], Acteur(un.donnees["decision"].par), annonces
            )
        }
    return inviter_les_candidats([un.objet for un in seuls], par, annonces) if seuls else set()


def _annonce(ligne: Nouvelle, passage: Passage[Dossier]) -> NouvelleJointe:
    """The same news as a mail of its own would tell."""
    dite = _dite(ligne, passage, CANDIDAT)
    cite = f"{ligne.cite_titre} :\n{dite.cite}" if dite.cite else ""
    avant = f"À faire avant le {dite.avant}." if dite.avant else ""
    return NouvelleJointe(
        dite.sujet, tuple(un for un in (dite.phrase, cite, avant, ligne.suite) if un)
    )


def _noter_pour_la_branche(passages: Sequence[Passage[Dossier]], carnet: Carnet) -> None:
    """What is filed is told to the branch in its mail of the day, by organisation: not a mail a dossier."""
    par_organisme: defaultdict[tuple[int, int | None], list[Dossier]] = defaultdict(list)
    for passage in passages:
        par_organisme[passage.objet.organisme_id, passage.objet.branche_id].append(passage.objet)
    for siens in par_organisme.values():
        premier, nombre = siens[0], len(siens)
        quoi = "un dossier" if nombre == 1 else f"{nombre} dossiers"
        page = reverse("dossier", args=[premier.reference]) if nombre == 1 else a_examiner()
        for courriel in carnet.de(premier, EXAMEN):
            avertir(
                cle=cle_pour(f"depose:{premier.reference}:{premier.version}", courriel),
                destinataire=courriel,
                genre="depose",
                texte=f"{premier.organisme.nom} a déposé {quoi}."[:300],
                reference=premier.reference if nombre == 1 else "",
                adresse=page,
            )


def a_examiner() -> str:
    """The list of what waits for an examination."""
    return f"{reverse('dossiers')}?{FiltreDeDossiers(etat=A_EXAMINER).requete()}"


def _en_mots(lignes: tuple[Nouvelle, ...] | str) -> str:
    """Whom a gesture tells, for the page of gestures."""
    if isinstance(lignes, str):
        return lignes
    cotes = dict.fromkeys(cote for une in lignes for cote in une.a)
    return ", ".join(A_QUI[cote].removeprefix("à ") for cote in cotes)


def faire_suivre(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """What was to reach an address that is mended leaves for the right one."""
    for passage in passages:
        adresses = passage.prive.get("courriel")
        if adresses and adresses["avant"] and adresses["apres"]:
            readresser(passage.objet.reference, adresses["avant"], adresses["apres"])


MENDENT: Final = frozenset({"ecrire", "inviter"})
"""The gestures that may mend the candidate's address."""


PAR_UNE_LETTRE: Final[dict[str, Effet[Dossier]]] = {
    "maintenir": repondre_par_une_lettre,
    "corriger_le_nom": refaire_les_lettres,
}
"""The gestures that end with a sealed letter of their own."""


def suites() -> dict[str, Suite]:
    """What follows each gesture of the flow."""
    connus: dict[str, Any] = {nom: une for nom, une in LIGNES.items() if nom in GESTES}
    return {nom: Suite(_en_mots(lignes), _effet(nom, lignes)) for nom, lignes in connus.items()}


def _effet(nom: str, lignes: tuple[Nouvelle, ...] | str) -> Effet[Dossier] | None:
    if nom in MENDENT:
        return faire_suivre
    if isinstance(lignes, str):
        return None
    if nom not in PAR_UNE_LETTRE:
        return partial(prevenir, nom)

    def ecrire_puis_prevenir(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
        PAR_UNE_LETTRE[nom](passages, par)
        prevenir(nom, passages, par)

    return ecrire_puis_prevenir
