"""What a base is of: the certification's name, whether it is only a trial, and the words for its routes.

The sheet decides nothing but what each route is worth: the whole référentiel, an adaptation, nothing
more to follow, or no entry. Everything else in it is words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from binome.regles.lecture import dans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.lecture import Brut

GenreDeVoie: TypeAlias = Literal["certification", "adaptation", "acquise", "fermee"]
"""The whole référentiel; a shorter training; already held; no entry."""
FORMATIONS: Final[frozenset[GenreDeVoie | None]] = frozenset({"certification", "adaptation"})
"""What is a training."""
INDETERMINE: Final = "indetermine"
"""What is said of a route that is not known."""


@dataclass(frozen=True, slots=True)
class Autrement:
    """Another sentence for a route, told instead once a rule answers yes."""

    regle: str
    vous: str
    tiers: str


@dataclass(frozen=True, slots=True)
class Voie:
    """One answer of the positioning: its kind, and its words.

    `vous` and `tiers` are the sentence, to the person and about them, where `{heures}` stands for the
    hours that compare answers, and any other amount for its own. `court` sums it up, `ouvre` says that it opens,
    `accordee` how a letter that grants it names it; empty, the letter says the sentence. `autrement`: the
    sentences that some rules put in place of it.
    """

    code: str
    genre: GenreDeVoie
    nom: str
    sigle: str
    court: str
    vous: str
    tiers: str
    ouvre: str
    accordee: str
    autrement: tuple[Autrement, ...] = ()


@dataclass(frozen=True, slots=True)
class Certification:
    """The sheet of a certification; `essai` labels one that is only tried, and is empty otherwise.

    `compte` is the amount by which two answers compare; `sans_referentiel` and `indetermine` are the
    sentences of a closed day and of an answer that waits, `sans_reponse` that of one that no fact would
    settle. `refus_utiles` names the tables whose "no" a person wants explained.
    """

    code: str
    titre: str
    essai: str
    par_defaut: bool
    compte: str
    voies: Mapping[str, Voie]
    sans_referentiel: str
    indetermine: str
    sans_reponse: str
    refus_utiles: frozenset[str]

    def genre(self, voie: str | None) -> GenreDeVoie | None:
        """The kind of a route; None for one that is not known."""
        return None if voie is None or voie == INDETERMINE else self.voies[voie].genre

    def du_genre(self, genre: GenreDeVoie) -> tuple[str, ...]:
        """The routes of a kind."""
        return tuple(un.code for un in self.voies.values() if un.genre == genre)

    @property
    def nom(self) -> str:
        """The title, with its label when it is only tried."""
        return f"{self.titre} ({self.essai})" if self.essai else self.titre


def _voies(bruts: Brut) -> Iterator[tuple[str, Voie]]:
    for code, brut in bruts.items():
        with dans(f"voie {code}"):
            if brut["genre"] not in get_args(GenreDeVoie):
                msg = f"genre inconnu « {brut['genre']} » ; attendu : {', '.join(get_args(GenreDeVoie))}"
                raise ValueError(msg)
            phrase = brut["phrase"]
            yield (
                code,
                Voie(
                    code,
                    brut["genre"],
                    brut["nom"],
                    brut.get("sigle", brut["nom"]),
                    brut.get("court", brut["nom"]),
                    phrase["vous"],
                    phrase["tiers"],
                    brut.get("ouvre", ""),
                    brut.get("accordee", ""),
                    tuple(Autrement(**un) for un in brut.get("autrement", ())),
                ),
            )


def lire_certification(brut: Brut) -> Certification:
    """The sheet of a certification. Raises BaseInvalide, saying what it lacks."""
    with dans("certification"):
        return Certification(
            code=brut["code"],
            titre=brut["titre"],
            essai=brut.get("essai", ""),
            par_defaut=brut.get("par_defaut", False),
            compte=brut.get("compte", "total"),
            voies=dict(_voies(brut["voies"])),
            sans_referentiel=brut["sans_referentiel"],
            indetermine=brut["indetermine"],
            sans_reponse=brut.get("sans_reponse") or brut["indetermine"],
            refus_utiles=frozenset(brut.get("refus_utiles", ())),
        )
