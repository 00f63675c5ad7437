"""A lot answered class by class: the plan decides one dossier of each class, the others gather.

Only the classes that occur are decided, when they are first met; what was learnt serves the next
lots. Everything here is Polars, whose module comes with the translator; other engines have the plan.
"""

from __future__ import annotations

from functools import reduce
from operator import add, and_
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.regles.bande import Bande
from binome.regles.classes import Numero, chiffres, nombre_de_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.regles.classes import Chiffre
    from binome.regles.colonnes import Colonne, Traducteur
    from binome.regles.regle import Table

CLASSES_AU_PLUS: Final = 2**26
"""One byte each, or two; the system only gives the memory of those that are met."""
ABSENTS_AU_PLUS: Final = 40
"""Looking for more ranks than that takes longer than gathering a column that has nulls."""
PAS_ENCORE: Final = 0
"""The answer of a class that was not met yet."""
_CLASSE: Final = "~classe"
_REPONSE: Final = "~reponse"


class _Reponses(NamedTuple):
    """Every different answer once, from rank 1 on.

    Polars gathers several times faster where nothing is null: some other answer stands where one is
    unknown, and `absents` says what to take out again: the ranks, then the columns by their place,
    each with a null of its type.
    """

    frame: Any
    absents: list[tuple[tuple[int, ...], list[tuple[int, Any]]]]


class Repondeur:
    """Answers lots for one set of tables: `etapes` and `sorties` are the plan that decides a row."""

    def __init__(
        self,
        lus: Sequence[Chiffre],
        traducteur: Traducteur,
        etapes: Sequence[Sequence[Colonne]],
        sorties: Sequence[Colonne],
    ) -> None:
        self._mots = traducteur.mots
        self._numero = Numero(lus, self._mots)
        connu = self._numero.si_tout_est_connu()
        self._connu = None if connu is None else Bande(connu)
        self._inconnus: dict[tuple[str, ...], Bande | None] = {}
        self._etapes = etapes
        self._sorties = sorties
        self._rangs: dict[tuple[object, ...], int] = {}
        self._codes = self._mots.zeros(nombre_de_classes(lus), self._mots.UInt8, eager=True)
        self._reponses = _Reponses(None, [])
        self._verrou = RLock()
        calculees = {colonne.meta.output_name() for etape in etapes for colonne in etape}
        lues = [nom for un in lus for lu in (un.lu, *un.bits) for nom in sorted(lu.noms)]
        for colonne in (*(c for e in etapes for c in e), *sorties):
            lues += colonne.meta.root_names()
        self._lues = [nom for nom in dict.fromkeys(lues) if nom not in calculees]
        self._schemas: dict[tuple[Any, ...], Any] = {}

    def poser(self, frame: Any, gardees: Iterable[Colonne]) -> Any:
        """The kept columns of a prepared lazy frame, then the answers."""
        mots, schema = self._mots, self._schema(frame)
        reponse = mots.map_batches(
            [*map(mots.col, self._lues)],
            lambda faits: self._repondre(faits).to_struct(),
            return_dtype=mots.Struct(schema),
            is_elementwise=True,
        )
        champs = (mots.col(_REPONSE).struct.field(nom) for nom in schema)
        return frame.with_columns(reponse.alias(_REPONSE)).select(*gardees, *champs)

    def _schema(self, frame: Any) -> Any:
        """The types of the answers to a frame; worked out once for each way to type the facts."""
        types = frame.collect_schema()
        lus = {nom: types[nom] for nom in self._lues}
        cle = tuple(lus.values())
        if cle not in self._schemas:
            vide = self._mots.LazyFrame(schema=lus)
            self._schemas[cle] = self._decider(vide).collect_schema()
        return self._schemas[cle]

    def _decider(self, frame: Any, *autres: Colonne) -> Any:
        """The ordinary plan."""
        for etape in self._etapes:
            frame = frame.with_columns(*etape)
        return frame.select(*self._sorties, *autres)

    def poser_sur(self, frame: Any, gardees: Iterable[str]) -> Any:
        """The kept columns of a prepared frame whose values are at hand, then the answers."""
        reponses = self._repondre([frame.get_column(nom) for nom in self._lues])
        return self._mots.DataFrame([*map(frame.get_column, gardees), *reponses.get_columns()])

    def _classes(self, faits: Sequence[Any]) -> Any:
        """The number of the class of each row."""
        colonnes = {fait.name: fait for fait in faits}
        troues = tuple(fait.name for fait in faits if fait.null_count())
        bandes = [self._connu, self._des_inconnus(troues) if troues else None]
        parts = [bande.derouler(colonnes) for bande in bandes if bande is not None]
        if parts:
            return reduce(add, parts)
        return self._mots.zeros(len(faits[0]), self._mots.UInt32, eager=True)

    def _repondre(self, faits: Sequence[Any]) -> Any:
        """The answers to one piece of the lot."""
        if not len(faits[0]):
            vide = self._decider(self._mots.DataFrame(faits).lazy())
            return vide.collect(engine="in-memory")
        classes = self._classes(faits)
        codes = self._codes[classes]
        if codes.min() == PAS_ENCORE:
            self._apprendre(classes, codes, faits)
            codes = self._codes[classes]
        frame, absents = self._reponses
        colonnes = frame[codes.cast(self._mots.UInt32)].get_columns()
        for rangs, places in absents:
            connus = reduce(and_, (codes != rang for rang in rangs))
            for place, inconnu in places:
                colonnes[place] = colonnes[place].zip_with(connus, inconnu)
        return self._mots.DataFrame(colonnes)

    def _des_inconnus(self, troues: tuple[str, ...]) -> Bande | None:
        """What the unknowns of these columns add to the number of the class."""
        if troues not in self._inconnus:
            plus = self._numero.des_inconnus(troues)
            self._inconnus[troues] = None if plus is None else Bande(plus)
        return self._inconnus[troues]

    def _apprendre(self, classes: Any, codes: Any, faits: Sequence[Any]) -> None:
        """Decides one row of each class that was not met yet."""
        mots = self._mots
        neufs = mots.DataFrame([classes.alias(_CLASSE), *faits]).filter(codes == PAS_ENCORE)
        neufs = neufs.unique(subset=_CLASSE, keep="any").lazy()
        decides = self._decider(neufs, mots.col(_CLASSE)).collect(engine="in-memory")
        apprises = decides.drop_in_place(_CLASSE)
        lignes = list(decides.iter_rows())
        # Nothing under the lock may hand work to Polars' threads: they may be waiting for it.
        with self._verrou:
            for ligne in lignes:
                self._rangs.setdefault(ligne, len(self._rangs) + 1)
            self._reponses = self._ranger(decides.schema)
            self._elargir()
            rangs = mots.Series([self._rangs[ligne] for ligne in lignes], dtype=self._codes.dtype)
            self._codes.scatter(apprises, rangs)

    def _elargir(self) -> None:
        """One byte for each class as long as the answers can be counted with it."""
        nombre, mots = len(self._rangs), self._mots
        type_ = mots.UInt8 if nombre < 2**8 else mots.UInt16 if nombre < 2**16 else mots.UInt32
        if self._codes.dtype != type_:
            self._codes = self._codes.cast(type_)

    def _ranger(self, schema: Any) -> _Reponses:
        """The answers as columns, ready to be gathered."""
        mots = self._mots
        series: list[Any] = []
        absents: dict[tuple[int, ...], list[tuple[int, Any]]] = {}
        colonnes = zip(*self._rangs, strict=True)
        for place, ((nom, type_), vues) in enumerate(zip(schema.items(), colonnes, strict=True)):
            rangs = tuple(rang for rang, vue in enumerate(vues, start=1) if vue is None)
            connue = next((vue for vue in vues if vue is not None), None)
            valeurs = [connue, *vues]  # nobody reads rank 0
            if 0 < len(rangs) <= ABSENTS_AU_PLUS:
                absents.setdefault(rangs, []).append((place, mots.Series([None], dtype=type_)))
                valeurs = [connue if valeur is None else valeur for valeur in valeurs]
            series.append(mots.Series(nom, valeurs, dtype=type_))
        return _Reponses(mots.DataFrame(series), list(absents.items()))


def repondeur(
    tables: Sequence[Table],
    traducteur: Traducteur,
    etapes: Sequence[Sequence[Colonne]],
    sorties: Sequence[Colonne],
    *,
    au_plus: int = CLASSES_AU_PLUS,
) -> Repondeur | None:
    """What answers class by class; nothing when the classes would be too many."""
    lus = chiffres(tables, traducteur)
    if not lus or nombre_de_classes(lus) > au_plus:
        return None
    return Repondeur(lus, traducteur, etapes, sorties)
