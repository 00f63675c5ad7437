"""What comes of a card, once or ten times, from one phone or two: each sending is taken whole, or refused with a sentence.

Two phones that did not see each other never write over one another: both answers stay, until the pair chooses. A signature
covers what its author saw; where the card says something else since, it is kept, and asked again.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from binome.depot.arrivee import ranger
from binome.depot.dessin import DessinRefuse, lire_le_dessin
from binome.depot.refus import PieceRefusee
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison, faire_tous, naitre
from binome.habillage.envois_recus import APPAREIL, HorlogeFausse, a_l_heure
from binome.livret.contenu import empreinte, en_vigueur
from binome.livret.envois import EnvoiIllisible
from binome.livret.etats import (
    DITES,
    CoteDuBinome,
    EtatDAppreciation,
    EtatDeCarte,
    EtatDeSignatureDeCarte,
    MoyenDeCarte,
    Valeur,
)
from binome.livret.flows import APPRECIATIONS, CARTES, SIGNATURES
from binome.livret.glissements import lire_les_glissements, retirer_les_glissements
from binome.livret.lisible import lisible
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
from binome.livret.permissions import tuteur_de
from binome.livret.programme import competences_du_parcours
from binome.livret.rayons import DESSINS
from binome.livret.sans_patient import reperer
from binome.livret.semaines import SEMAINE, lundi
from binome.parcours.models import Parcours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from binome.comptes.acteur import Acteur
    from binome.livret.envois import Dit, EnvoiDeCarte, SignatureDite

UN_JOUR: Final = timedelta(days=1)
PHRASE: Final = 280
"""Characters of a sentence, at most."""
APRES_LA_FIN: Final = timedelta(days=31)
"""How long after the end of a path what was said before it may still come in. A choice of Binôme's."""
RIVALES: Final = 6
"""Answers to one competence that may wait for a choice."""
RECUE: Final = "recue"
DEJA_RECUE: Final = "deja_recue"
REFUSEE: Final = "refusee"


@dataclass(frozen=True)
class EnvoiRendu:
    """What became of a sending: `issue`, and what the person should know."""

    uid: UUID
    issue: str
    phrase: str = ""


class CarteRefusee(ValueError):
    """A sending that is not taken; its message is for the person."""


def recevoir(
    acteur: Acteur,
    parcours: Parcours,
    cotes: frozenset[str],
    lot: Sequence[EnvoiDeCarte | EnvoiIllisible],
    *,
    maintenant: datetime,
) -> list[EnvoiRendu]:
    """What became of each sending of a lot, in its order: one that is refused keeps none of the others back.

    `cotes` are the sides that the person stands on, as `livret_pour` gives them. Raises OSError when the disk refuses a drawing.
    """
    return [
        EnvoiRendu(un.uid, REFUSEE, un.phrase)
        if isinstance(un, EnvoiIllisible)
        else _recevoir(acteur, parcours, cotes, un, maintenant)
        for un in lot
    ]


def _recevoir(
    acteur: Acteur,
    parcours: Parcours,
    cotes: frozenset[str],
    envoi: EnvoiDeCarte,
    maintenant: datetime,
) -> EnvoiRendu:
    for essai in (1, 2):
        try:
            phrase = _Reception(acteur, parcours, cotes, envoi, maintenant).ecrire()
        except IntegrityError:
            # Another phone wrote the same card at the same instant: read again what it says, once.
            if essai == 1:
                continue
            return EnvoiRendu(
                envoi.uid, REFUSEE, "La carte changeait au même instant : recommencez."
            )
        except (CarteRefusee, GesteImpossible, HorlogeFausse) as refus:
            return EnvoiRendu(envoi.uid, REFUSEE, str(refus))
        if phrase is None:
            return EnvoiRendu(envoi.uid, DEJA_RECUE)
        return EnvoiRendu(envoi.uid, RECUE, phrase)
    raise AssertionError  # the second try returns


class _Reception:
    """One sending on its way in."""

    def __init__(
        self,
        acteur: Acteur,
        parcours: Parcours,
        cotes: frozenset[str],
        envoi: EnvoiDeCarte,
        maintenant: datetime,
    ) -> None:
        self.acteur, self.parcours, self.envoi, self.maintenant = (
            acteur,
            parcours,
            envoi,
            maintenant,
        )
        siens = cotes & {CoteDuBinome.STAGIAIRE, CoteDuBinome.TUTEUR}
        if not siens:
            raise CarteRefusee("Seules les deux personnes du binôme remplissent la carte.")
        self.cote = next(iter(siens))

    def ecrire(self) -> str | None:
        """Takes it whole, and says what the person should know; None for what came already.

        The path is locked meanwhile, and read again: two phones, an end or an erasure come one after the other.
        """
        with ExitStack() as rangees, transaction.atomic():
            self._tenir()
            if self._deja():
                return None
            dit_le = self._verifier()
            carte = self._carte()
            ecrites = self._dire(carte, dit_le)
            phrases = []
            if self.envoi.signature is not None:
                image = self._ranger(rangees, self.envoi.signature)
                phrases.append(self._signer(carte, self.envoi.signature, dit_le, image))
            phrases += lire_les_glissements(ecrites, self.maintenant)
        return " ".join(une for une in phrases if une)

    def _tenir(self) -> None:
        """Locks the path. Raises CarteRefusee once whose it is was erased."""
        tenus = Parcours.objects.select_for_update(of=("self",)).select_related("dossier")
        self.parcours = tenus.get(pk=self.parcours.pk)
        if self.parcours.dossier.anonyme_le is not None:
            raise CarteRefusee("Ce livret est effacé : rien ne s’y écrit plus.")

    def _deja(self) -> bool:
        """Whether all of it came. Raises CarteRefusee for what came in part, or for another card: it is not the same."""
        dits = {un.uid for un in self.envoi.dits}
        connus = Appreciation.objects.filter(uid__in=dits).select_related("carte").order_by("pk")
        lus = [(un.uid, un.carte, un.par_id) for un in connus]
        attendus = set(dits)
        if self.envoi.signature is not None:
            attendus.add(self.envoi.signature.uid)
            signees = SignatureDeCarte.objects.filter(uid=self.envoi.signature.uid)
            lus += [(une.uid, une.carte, une.par_id) for une in signees.select_related("carte")]
        if not lus:
            return False
        ici = (self.parcours.pk, self.envoi.semaine)
        if {uid for uid, *_ in lus} != attendus or any(
            (carte.parcours_id, carte.semaine) != ici or par != self.acteur.personne.pk
            for _, carte, par in lus
        ):
            raise CarteRefusee("Cet envoi reprend le numéro d’un autre : rechargez la page.")
        return True

    def _verifier(self) -> datetime:
        """When it was said, by the server's clock. Raises CarteRefusee, HorlogeFausse."""
        envoi = self.envoi
        if not envoi.dits and envoi.signature is None:
            raise CarteRefusee("Cette carte est vide.")
        dit_le = a_l_heure(envoi.dit_le, envoi.retard, self.maintenant, quoi="cette carte")
        if not APPAREIL.fullmatch(envoi.appareil):
            raise CarteRefusee("Le numéro de l’appareil n’est pas lisible.")
        if envoi.semaine > (dit_le + UN_JOUR).date():  # it is Monday earlier east of Greenwich
            raise CarteRefusee("Cette semaine n’a pas commencé.")
        if envoi.semaine + SEMAINE <= lundi(self.parcours.ouvert_le.date()):
            raise CarteRefusee("Cette semaine est d’avant le parcours.")
        fini_le = self.parcours.fini_le
        if fini_le is not None and dit_le >= fini_le:
            raise CarteRefusee("Le parcours est terminé : le livret ne change plus.")
        if fini_le is not None and self.maintenant > fini_le + APRES_LA_FIN:
            raise CarteRefusee(
                "Le parcours est terminé depuis plus d’un mois : le livret ne change plus."
            )
        connues = {une.code for une in competences_du_parcours(self.parcours)}
        vus = set()
        for dit in envoi.dits:
            if dit.competence not in connues or dit.competence in vus:
                raise CarteRefusee("Cette compétence n’est pas de ce parcours.")
            vus.add(dit.competence)
            if dit.valeur not in Valeur.values:
                raise CarteRefusee("Choisissez une des quatre réponses.")
            faute = faute_de_la_phrase(dit.phrase)
            if faute:
                raise CarteRefusee(faute)
        return dit_le

    def _carte(self) -> CarteDeSemaine:
        connue = CarteDeSemaine.objects.filter(
            parcours=self.parcours, semaine=self.envoi.semaine
        ).first()
        if connue is not None:
            connue.parcours = self.parcours
            return connue
        neuve = CarteDeSemaine(parcours=self.parcours, semaine=self.envoi.semaine)
        naitre(CARTES, "ouvrir", [neuve], self.acteur)
        return neuve

    def _dire(self, carte: CarteDeSemaine, dit_le: datetime) -> list[Appreciation]:
        """Writes what is said: in the place of what they saw, beside what they did not see."""
        if not self.envoi.dits:
            return []
        codes = [un.competence for un in self.envoi.dits]
        dites = Appreciation.objects.filter(carte=carte, etat__in=DITES, competence__in=codes)
        par_code: dict[str, list[Appreciation]] = {}
        for une in dites.order_by("pk"):
            par_code.setdefault(une.competence, []).append(une)
        remplacees, tenues, a_cote = [], [], []
        for dit in self.envoi.dits:
            siennes = par_code.get(dit.competence, [])
            actuelle = next(
                (une for une in siennes if une.etat == EtatDAppreciation.EN_VIGUEUR), None
            )
            neuve = self._neuve(carte, dit, actuelle, dit_le)
            remplacees += [
                une for une in siennes if une is not actuelle and une.uid in dit.ecartees
            ]
            if actuelle is None or actuelle.uid == dit.vue or _memes(actuelle, dit):
                remplacees += [actuelle] if actuelle is not None else []
                tenues.append(neuve)
            elif len(siennes) > RIVALES:
                raise CarteRefusee(
                    "Plusieurs réponses attendent déjà un choix : choisissez d’abord, sur la page."
                )
            else:
                a_cote.append(neuve)
        for une in remplacees:
            une.carte = carte
        if remplacees:
            faire_tous(
                APPRECIATIONS,
                "remplacer",
                [Passage(une, une.version) for une in remplacees],
                self.acteur,
            )
            retirer_les_glissements(remplacees)
        for nom, neuves in (("dire", tenues), ("dire_aussi", a_cote)):
            if neuves:
                naitre(APPRECIATIONS, nom, neuves, self.acteur)
        self._perimer(carte)
        return [*tenues, *a_cote]

    def _neuve(
        self, carte: CarteDeSemaine, dit: Dit, actuelle: Appreciation | None, dit_le: datetime
    ) -> Appreciation:
        return Appreciation(
            uid=dit.uid,
            carte=carte,
            competence=dit.competence,
            valeur=dit.valeur,
            phrase=dit.phrase,
            cote=self.cote,
            par=self.acteur.personne,
            vue=actuelle if actuelle is not None and actuelle.uid == dit.vue else None,
            dite_le=dit_le,
            recue_le=self.maintenant,
            appareil=self.envoi.appareil,
        )

    @staticmethod
    def _perimer(carte: CarteDeSemaine) -> None:
        """What was signed says something else now: each is asked again."""
        signees = SignatureDeCarte.objects.filter(carte=carte, etat=EtatDeSignatureDeCarte.RECUE)
        faire_par_la_maison(SIGNATURES, "perimer", list(signees.order_by("pk")))
        if carte.etat == EtatDeCarte.SIGNEE:
            faire_par_la_maison(CARTES, "rouvrir", [carte])

    def _ranger(self, rangees: ExitStack, signature: SignatureDite) -> str:
        """The name of the drawing on its shelf; empty for none. Raises CarteRefusee."""
        if signature.cote not in CoteDuBinome.values:
            raise CarteRefusee("On signe comme stagiaire, ou comme tuteur ou tutrice.")
        if signature.cote == self.cote or signature.feuille is not None:
            return ""
        if not signature.image:
            raise CarteRefusee("La signature dessinée manque.")
        try:
            dessin = lire_le_dessin(signature.image)
        except (DessinRefuse, PieceRefusee) as refus:
            raise CarteRefusee(str(refus)) from None
        return rangees.enter_context(ranger(DESSINS, dessin)).nom

    def _signer(
        self, carte: CarteDeSemaine, dite: SignatureDite, signee_le: datetime, image: str
    ) -> str:
        """Writes a signature; a sentence where what it covers is not what the card says now."""
        tenues = en_vigueur(carte)
        if not tenues:
            raise CarteRefusee("Cette carte est vide : rien n’est à signer.")
        restent = Appreciation.objects.filter(carte=carte, etat=EtatDAppreciation.A_CHOISIR)
        juste = {une.uid for une in tenues} == dite.vues and not restent.exists()
        moyen = _moyen(dite, image)
        if moyen != MoyenDeCarte.COMPTE and _contestee(carte, dite.cote):
            raise CarteRefusee(
                "Une signature faite à sa place a été contestée : cette personne signe elle-même, sur son compte."
            )
        signature = SignatureDeCarte(
            uid=dite.uid,
            carte=carte,
            cote=dite.cote,
            moyen=moyen,
            empreinte=empreinte(carte, tenues) if juste else "",
            signee_le=signee_le,
            recue_le=self.maintenant,
            image=image,
            feuille=dite.feuille,
            pour_id=self._pour(dite.cote),
            par=self.acteur.personne,
        )
        if not juste:
            naitre(SIGNATURES, "arriver_tard", [signature], self.acteur)
            return "La carte a changé depuis : relisez-la, et signez de nouveau."
        siennes = SignatureDeCarte.objects.filter(carte=carte, etat=EtatDeSignatureDeCarte.RECUE)
        cotes = dict(siennes.order_by("pk").values_list("cote", "pk"))
        if dite.cote in cotes:
            return "Cette carte est déjà signée de ce côté."
        naitre(SIGNATURES, "signer", [signature], self.acteur)
        if len(cotes) == 1:
            faire_par_la_maison(CARTES, "clore", [carte])
        return ""

    def _pour(self, cote: str) -> int | None:
        """Who is said to sign; None for a tutor whom nobody named, on the other's phone or on paper."""
        if cote == self.cote:
            return self.acteur.personne.pk
        if cote == CoteDuBinome.STAGIAIRE:
            return self.parcours.dossier.candidat_id
        nomme = tuteur_de(self.parcours)
        return None if nomme is None else nomme.tuteur_id


def _contestee(carte: CarteDeSemaine, cote: str) -> bool:
    """Whether somebody of this side said that they did not sign this card."""
    return SignatureDeCarte.objects.filter(
        carte=carte, cote=cote, etat=EtatDeSignatureDeCarte.CONTESTEE
    ).exists()


def faute_de_la_phrase(phrase: str) -> str:
    """Why a sentence does not come in; empty when it does."""
    if len(phrase) > PHRASE:
        return f"Une phrase compte {PHRASE} caractères au plus."
    # What does not show, or shows as something else, hides no name; most sentences read one way only.
    for lue in dict.fromkeys((phrase, lisible(phrase), lisible(phrase, vide=" "))):
        if reperes := reperer(lue):
            return f"Rien d’un patient n’entre dans le livret. {reperes[0].raison} Rien n’est gardé : écrivez autrement."
    return ""


def _moyen(dite: SignatureDite, image: str) -> MoyenDeCarte:
    if dite.feuille is not None:
        return MoyenDeCarte.PAPIER
    return MoyenDeCarte.DESSIN if image else MoyenDeCarte.COMPTE


def _memes(actuelle: Appreciation, dit: Dit) -> bool:
    """Whether two phones said the same thing: nothing is to choose."""
    return (actuelle.valeur, actuelle.phrase) == (dit.valeur, dit.phrase)
