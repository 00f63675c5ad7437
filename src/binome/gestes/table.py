"""The table of a flow: one row says everything of a gesture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic

from binome.gestes.passage import Effet, M
from binome.gestes.refus import GesteImpossible
from binome.journal.catalogue import Evenement
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.journal.models import Entree

LONGUEUR: Final = 5000
"""Characters of a field, at most."""
MOTIF: Final = "motif"
"""The field whose text is the reason of the gesture: personal, as what a person types about another is."""


def aucune_garde(objet: object) -> str | None:  # noqa: ARG001 - a guard that never stands in the way
    """Nothing stands in the way."""
    return None


def toujours_enchaine(objet: object) -> bool:  # noqa: ARG001 - a condition that is always met
    """What follows a gesture always does."""
    return True


def pas_le_sien(acteur: Acteur, objet: object) -> str:  # noqa: ARG001 - the same for everyone
    """Why a gesture is not a person's to do."""
    return "Votre rôle ne permet pas ce geste."


def rien_a_noter(acteur: Acteur, objet: object) -> None:
    """The object tells of nobody: who opens it leaves no trace."""


def personne_en_particulier(objet: object, auteur: str) -> str:  # noqa: ARG001 - no side is known by its author
    """No side of its own."""
    return ""


def rien_de_plus(objet: object) -> str:  # noqa: ARG001 - a name that says enough
    """Nothing beside the name of an object."""
    return ""


@dataclass(frozen=True)
class Champ:
    """A field of the form of a gesture.

    `manque` is what to say when it is empty: without it, it may be. `lire` makes a value of a text that
    is not empty, and raises ValueError with a message for the person. `choix` are the codes of a closed list and their
    words, where it is one; `jour` says that it is a day.
    """

    nom: str
    libelle: str
    manque: str = ""
    lire: Callable[[str], object] = str
    choix: tuple[tuple[str, str], ...] = ()
    jour: bool = False
    seul: bool = False
    """Whether it is of one object alone: a gesture on many does not ask it."""

    @property
    def requis(self) -> bool:
        """Whether the gesture cannot do without it."""
        return bool(self.manque)

    def valeur(self, brut: object) -> object:
        """What was given, read; None for nothing. Raises GesteImpossible."""
        lue = brut.strip() if isinstance(brut, str) else brut
        if lue is None or lue == "":
            if self.manque:
                raise GesteImpossible(self.manque, champ=self.nom)
            return None
        if not isinstance(lue, str):
            return lue
        exces = trop_long(lue, LONGUEUR)
        if exces:
            raise GesteImpossible(
                f"{self.libelle} : {exces[:1].lower()}{exces[1:]}", champ=self.nom
            )
        try:
            return self.lire(lue)
        except ValueError as faute:
            raise GesteImpossible(str(faute), champ=self.nom) from None


@dataclass(frozen=True, kw_only=True)
class Geste(Generic[M]):
    """A gesture: from which states, to which, who may, what stands in the way, what it does, how it is told.

    `vers` is None where the state stays, a mapping where it depends on the state left. `garde` gives the
    French reason why not, or None. `prepare` reads, refuses, and says what to write; `avec` writes what
    goes with the state, and names its rows; `effets` are what follows, each with its own entry. `mot` is
    on the button, `suite` beside it, `dit` is the result, `recit` the line of the story, empty for none.
    """

    nom: str
    mot: str
    de: tuple[str, ...]
    vers: str | Mapping[str, str] | None
    qui: tuple[str, ...]
    dit: str
    recit: str | Callable[[Entree], str]
    suite: str = ""
    garde: Callable[[M], str | None] = aucune_garde
    champs: tuple[Champ, ...] = ()
    prepare: tuple[Effet[M], ...] = ()
    avec: tuple[Effet[M], ...] = ()
    effets: tuple[Effet[M], ...] = ()
    formulaire: bool = True
    """Whether one form carries it out; others have pages of their own, or are the house's."""
    a_part: bool = False
    """Whether its form has a place of its own on the page, apart from the others."""
    ensemble: bool = False
    """Whether a list offers it for many at once."""
    interne: bool = False
    """Whether its story is only for the side that examines."""
    marque: bool = True
    """Whether the story marks it as a turn of the object's life."""
    defait: str = ""
    """The gesture that undoes it, offered as soon as it is done."""
    enchaine: str = ""
    """The gesture that follows it at once, in the same transaction, when `s_enchaine` says so and it passes."""
    s_enchaine: Callable[[M], bool] = toujours_enchaine
    """Whether that gesture is to follow, of the object once this one is done."""
    motive: bool = True
    """Whether its entries may hold a reason: where they only hold values, a story deciphers none."""

    def but(self, etat: str) -> str:
        """The state where it leads, from this one."""
        if self.vers is None:
            return etat
        return self.vers if isinstance(self.vers, str) else self.vers.get(etat, etat)

    def permis(self, objet: M, cotes: frozenset[str]) -> bool:
        """Whether someone on these sides of the object may do it now."""
        return (
            objet.etat in self.de and not cotes.isdisjoint(self.qui) and self.garde(objet) is None
        )

    def du_formulaire(self, recu: Mapping[str, str]) -> dict[str, Any]:
        """What a form may give: its fields alone, whatever else was sent."""
        return {champ.nom: recu.get(champ.nom, "") for champ in self.champs}

    def lire(self, donnees: Mapping[str, Any]) -> dict[str, Any]:
        """What was given, each field of the form read; the rest as it is. Raises GesteImpossible."""
        lues = {champ.nom: champ.valeur(donnees.get(champ.nom)) for champ in self.champs}
        return {**donnees, **lues}


@dataclass(frozen=True, kw_only=True)
class Flux(Generic[M]):
    """The flow of a model: its table, its sides, and what its objects are called.

    `nom` begins the names of its entries in the journal; `mot` is what its objects are called, as
    « le dossier », and `ce_mot` « ce dossier ». `cotes` are the sides of an object that a
    person may act on, `pourquoi_pas` why a gesture is not theirs, `dits` the sides as a story says them.
    """

    nom: str
    modele: type[M]
    mot: str
    ce_mot: str
    table: tuple[Geste[M], ...]
    cotes: Callable[[Acteur, M], frozenset[str]]
    dits: Mapping[str, str]
    pourquoi_pas: Callable[[Acteur, M], str] = pas_le_sien
    noter: Callable[[Acteur, M], None] = rien_a_noter
    """Leaves the trace of who opened an object, where it tells of a person."""
    visibles: Callable[[Acteur], QuerySet[M]] | None = None
    """What a person may read: the flow then has its pages by its table alone; None for one with pages of its own."""
    en_bref: Callable[[M], str] = rien_de_plus
    """What a list says of an object beside its name, for who answers for several at once."""
    en_liste: tuple[str, ...] = ()
    """The columns that a list reads of its objects (their name, state, version, and what sides and guards ask); empty for all."""
    cote_de: Callable[[M, str], str] = personne_en_particulier
    """The side that an author of the journal stands on, where it is not the first of the gesture's."""

    @cached_property
    def gestes(self) -> Mapping[str, Geste[M]]:
        """The rows by name, in the order of an object's life."""
        return {un.nom: un for un in self.table}

    def evenement(self, nom: str) -> str:
        """How the journal names a gesture."""
        return f"{self.nom}.{nom}"

    def evenements(self) -> Iterable[Evenement]:
        """What the journal may say of this flow."""
        return [Evenement(self.evenement(un.nom), un.dit) for un in self.table]

    def ouverts(self, objet: M, cotes: frozenset[str]) -> list[Geste[M]]:
        """What someone on these sides of the object may do now."""
        return [un for un in self.table if un.permis(objet, cotes)]
