"""What the page of the pair shows: each card with who said and signed what, what is to be asked for, how far they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from binome.livret.choisies import DiteAvant, origine
from binome.livret.derive import derives
from binome.livret.etats import CoteDuBinome, EtatDeSignatureDeCarte, MoyenDeCarte, Valeur
from binome.livret.lecture import cartes_du, vecues_de
from binome.livret.models import Appreciation, SignatureDeCarte
from binome.livret.permissions import tuteur_de
from binome.livret.programme import competences_du_parcours
from binome.livret.progres import MOTS, progres
from binome.livret.proposer import sans_occasion
from binome.livret.sans_patient import motifs
from binome.livret.semaines import SEMAINE
from binome.livret.semaines_du_livret import recentes, toutes_les_semaines
from binome.typographie import elider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.livret.lecture import CarteLue, LigneDeSemaine
    from binome.livret.models import Tutorat
    from binome.livret.saisie import CarteSaisie
    from binome.parcours.models import Parcours
    from binome.regles.competences import Competence

VOUS: Final = "Vous"


def reponse_de(qui: str) -> str:
    """Whose answer it is, as the page says it."""
    return "Votre réponse" if qui == VOUS else f"Réponse {elider('de', qui)}"


@dataclass(frozen=True)
class ReponseDite:
    """One of two answers that two phones gave of a competence."""

    dite: Appreciation
    qui: str

    @property
    def vous(self) -> bool:
        """Whether the reader gave it."""
        return self.qui == VOUS

    @property
    def de_qui(self) -> str:
        """Whose it is, as its button says it."""
        return reponse_de(self.qui)


@dataclass(frozen=True)
class LigneDePage:
    """A competence on a card: what the form holds, and what is to be told of it."""

    competence: Competence
    dite: Appreciation | None
    par: str
    uid: UUID
    valeur: str
    phrase: str
    faute: str
    reponses: tuple[ReponseDite, ...]
    mots: tuple[str, ...]
    choisie_de: str = ""
    """Who had said it, where one of the two settled it between two answers."""
    a_resigner: bool = False
    """Whether the reader had signed what it said before."""

    @property
    def de_qui(self) -> str:
        """Whose answer it is."""
        return reponse_de(self.par)

    @property
    def dit_par(self) -> str:
        """Whose answer it is, and who kept it where two were to choose from."""
        if self.dite is None or self.reponses:
            return ""
        if not self.choisie_de:
            return reponse_de(self.par)
        if self.par == VOUS:
            suite = "vous l’avez gardée" if self.choisie_de == VOUS else "vous l’avez choisie"
            return f"{reponse_de(self.choisie_de)} : {suite}."
        de_qui = {VOUS: "votre réponse", self.par: "sa réponse"}.get(
            self.choisie_de, f"réponse {elider('de', self.choisie_de)}"
        )
        suite = " : signez de nouveau" if self.a_resigner else ""
        mot = self.dite.get_valeur_display().lower()
        return f"{self.par[0].upper()}{self.par[1:]} a choisi « {mot} » ({de_qui}){suite}."

    @property
    def vue(self) -> str:
        """The answer that the page shows, by its name."""
        return "" if self.dite is None else str(self.dite.uid)

    @property
    def deux(self) -> str:
        """The two answers or more, in one sentence."""
        return " ".join(
            f"{une.qui[0].upper()}{une.qui[1:]} {'avez' if une.vous else 'a'} dit « {une.dite.get_valeur_display().lower()} »."
            for une in self.reponses
        )


@dataclass(frozen=True)
class CoteDePage:
    """One of the pair on a card: how the reader calls them, their whole name, and their signature, None before."""

    cote: str
    qui: str
    nom: str
    signature: SignatureDeCarte | None
    perimee: bool = False
    """Whether they signed what the card no longer says."""

    @property
    def contestable(self) -> bool:
        """Whether it was made in the name of the reader elsewhere than on their account: drawn on the other's phone, or on paper."""
        return (
            self.qui == VOUS
            and self.signature is not None
            and self.signature.moyen != MoyenDeCarte.COMPTE
        )


@dataclass(frozen=True)
class CarteDePage:
    """The card of a week, as a form: `connus` are the names of all that the server has of it."""

    lue: CarteLue
    uid: UUID
    signature: UUID
    lignes: tuple[LigneDePage, ...]
    cotes: tuple[CoteDePage, ...]
    connus: str
    faute: str = ""

    @property
    def semaine(self) -> date:
        """Its Monday."""
        return self.lue.semaine

    @property
    def etat(self) -> str:
        """Where it stands, in a word or two."""
        signees = sum(un.signature is not None for un in self.cotes)
        if signees == len(self.cotes):
            return "Signée par les deux"
        if signees:
            return "Signée par une personne sur deux"
        return "À signer" if self.lue.commencee else "Pas encore remplie"

    @property
    def signee(self) -> bool:
        """Whether both signed."""
        return all(un.signature is not None for un in self.cotes)

    @property
    def a_choisir(self) -> tuple[LigneDePage, ...]:
        """The competences of which two phones said two things."""
        return tuple(une for une in self.lignes if une.reponses)


def page_du_livret(
    parcours: Parcours,
    cotes: frozenset[str],
    saisie: CarteSaisie | None = None,
    *,
    voulue: date | None = None,
) -> dict[str, Any]:
    """The context of the page; with `saisie`, what was typed in the place of what is written.

    `voulue` is the week whose card alone is asked for; without, the last ones, and the next for who writes.
    """
    maintenant = (
        timezone.now()
    )  # before anything is read: what comes meanwhile is later than the page
    cote = next(iter(cotes & set(CoteDuBinome.values)), "")
    tutorat = tuteur_de(parcours)
    noms = _noms(parcours, tutorat, cote)
    semaines = recentes(parcours)
    if voulue is None and saisie is not None and saisie.semaine not in semaines:
        voulue = saisie.semaine
    lues = cartes_du(parcours, semaines if voulue is None else [voulue])
    ouvert = bool(cote) and parcours.fini_le is None
    avec_la_prochaine = bool(lues) and ouvert and voulue is None
    if avec_la_prochaine:
        # A week may begin without network: its card is on the phone before.
        lues = [*cartes_du(parcours, [semaines[0] + SEMAINE]), *lues]
    traces = _traces(lues)
    noms_entiers = dict(noms)
    if cote != CoteDuBinome.STAGIAIRE:
        # A tutor may follow two of the same first name.
        noms_entiers[CoteDuBinome.STAGIAIRE.value] = nom_complet(parcours)
    cartes = [_carte(une, noms, noms_entiers, traces, saisie) for une in lues]
    connues = competences_du_parcours(parcours)
    par_code = {une.code: une for une in connues}
    vecues = vecues_de(parcours)
    return {
        "parcours": parcours,
        "cote": cote,
        "ouvert": ouvert,
        "autre": next((nom for un, nom in noms.items() if un != cote), "") if cote else "",
        "autre_cote": next((un for un in noms if un != cote), "") if cote else "",
        "prochaine": cartes[0] if avec_la_prochaine else None,
        "cartes": cartes[1:] if avec_la_prochaine else cartes,
        "voulue": voulue,
        "toutes": toutes_les_semaines(parcours, cote) if connues else (),
        "en_formation": "" if cote == CoteDuBinome.STAGIAIRE else nom_complet(parcours),
        "tutorat": tutorat,
        "valeurs": Valeur.choices,
        "motifs": dict(motifs()),
        "maintenant": maintenant,
        "porte": reverse("envois-du-livret", args=[parcours.pk]),
        "blocs": progres(parcours.referentiel, connues, vecues) if connues else (),
        "legende": MOTS,
        "sans_occasion": [
            (par_code[code], combien)
            for code, combien in sans_occasion(vecues).items()
            if code in par_code
        ],
    }


def nom_complet(parcours: Parcours) -> str:
    """Of who is in training."""
    return parcours.dossier.personne


def _noms(parcours: Parcours, tutorat: Tutorat | None, cote: str) -> dict[str, str]:
    """How each of the two is called by the reader."""
    tuteur = tutorat.tuteur.prenom if tutorat is not None else "votre tuteur ou tutrice"
    noms = {
        CoteDuBinome.STAGIAIRE.value: parcours.dossier.prenom or "la personne en formation",
        CoteDuBinome.TUTEUR.value: tuteur,
    }
    return {un: VOUS if un == cote else nom for un, nom in noms.items()}


@dataclass
class Traces:
    """The names of all that was ever said and signed of a card, and who signed what it no longer says."""

    uids: list[str] = field(default_factory=list)
    perimees: set[str] = field(default_factory=set)
    dites: defaultdict[str, list[DiteAvant]] = field(default_factory=lambda: defaultdict(list))
    """All that was said of each competence, in its order."""


def _traces(lues: Sequence[CarteLue]) -> Mapping[int, Traces]:
    """Those of each card, by its number: what a phone need not send again."""
    cartes = [une.carte for une in lues if une.carte is not None]
    par_carte: defaultdict[int, Traces] = defaultdict(Traces)
    dites = Appreciation.objects.filter(carte__in=cartes).order_by("pk")
    champs = ("carte", "uid", "competence", "pk", "cote", "valeur", "phrase", "vue", "etat")
    for numero, uid, competence, *reste in dites.values_list(*champs):
        par_carte[numero].uids.append(str(uid))
        par_carte[numero].dites[competence].append(DiteAvant(*reste))
    signees = SignatureDeCarte.objects.filter(carte__in=cartes).order_by("pk")
    for numero, uid, cote, etat in signees.values_list("carte", "uid", "cote", "etat"):
        par_carte[numero].uids.append(str(uid))
        if etat == EtatDeSignatureDeCarte.PERIMEE:
            par_carte[numero].perimees.add(cote)
    return par_carte


def _carte(
    lue: CarteLue,
    noms: Mapping[str, str],
    noms_entiers: Mapping[str, str],
    traces: Mapping[int, Traces],
    saisie: CarteSaisie | None,
) -> CarteDePage:
    sienne = saisie if saisie is not None and saisie.semaine == lue.semaine else None
    trace = traces.get(lue.carte.pk if lue.carte is not None else 0) or Traces()
    sien = next((un for un, nom in noms.items() if nom == VOUS), "")
    resigner = sien in trace.perimees and sien not in lue.signatures
    return CarteDePage(
        lue=lue,
        uid=sienne.uid if sienne else uuid4(),
        signature=sienne.signature if sienne else uuid4(),
        lignes=tuple(_ligne(une, noms, sienne, trace, resigner) for une in lue.lignes),
        cotes=tuple(
            CoteDePage(un, nom, noms_entiers[un], lue.signatures.get(un), un in trace.perimees)
            for un, nom in noms.items()
        ),
        connus=" ".join(trace.uids),
        faute=sienne.fautes.get("", "") if sienne else "",
    )


def _ligne(
    lue: LigneDeSemaine,
    noms: Mapping[str, str],
    saisie: CarteSaisie | None,
    trace: Traces,
    resigner: bool,
) -> LigneDePage:
    dite, code = lue.dite, lue.competence.code
    tapee = saisie.lignes.get(code) if saisie is not None else None
    toutes = [une for une in (dite, *lue.rivales) if une is not None]
    tenue = dite or (toutes[0] if toutes else None)
    return LigneDePage(
        competence=lue.competence,
        dite=dite,
        par=noms[dite.cote] if dite is not None else "",
        uid=tapee.uid if tapee else uuid4(),
        valeur=tapee.valeur if tapee else (tenue.valeur if tenue else ""),
        phrase=tapee.phrase if tapee else (tenue.phrase if tenue else ""),
        faute=saisie.fautes.get(code, "") if saisie is not None else "",
        reponses=tuple(ReponseDite(une, noms[une.cote]) for une in toutes) if lue.rivales else (),
        mots=tuple(
            une.phrase
            for dit in toutes
            if dit.phrase
            for une in derives(
                dit.phrase, dit.dite_le.date(), du_tuteur=dit.cote == CoteDuBinome.TUTEUR
            )
        ),
        choisie_de=noms.get(origine(dite, trace.dites[code]), "") if dite is not None else "",
        a_resigner=resigner,
    )
