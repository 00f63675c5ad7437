"""What a visitor asks of the directory, read from the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.exceptions import BadRequest

from binome.formations.modeles import MODALITES
from binome.formations.recherche import departement_de
from binome.formations.territoires import departements
from binome.pliage import coller_les_nombres, plier

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.formations.modeles import Modalite
    from binome.formations.territoires import Departement

LONGUEUR = 80  # of the text searched for: a name and a town fit
CHIFFRES = (9, 11, 14)


@dataclass(frozen=True, slots=True)
class Criteres:
    """The filters of the directory; None or empty when the visitor does not mind."""

    departement: Departement | None
    modalite: Modalite | None
    texte: str

    @property
    def numero(self) -> bool:
        """Whether the text is the number of an organisation: a SIREN, a SIRET, a declaration of activity."""
        chiffres = coller_les_nombres(self.texte)
        return chiffres.isdigit() and len(chiffres) in CHIFFRES

    @property
    def lieu(self) -> Departement | None:
        """The département that is asked for, chosen in the list or typed as its number or a postal code."""
        mots = plier(self.texte).split()
        code = departement_de(mots[0]) if len(mots) == 1 else ""
        return self.departement or departements().get(code)

    @property
    def vides(self) -> bool:
        """Whether the whole directory is asked for."""
        return self.departement is None and self.modalite is None and not plier(self.texte)


def lire_criteres(requete: QueryDict) -> Criteres:
    """The filters of an address. Raises BadRequest on a value that no form of ours sends."""
    code = requete.get("departement", "")
    if code and code not in departements():
        raise BadRequest(
            f"« {code[:10]} » n’est pas un département. Choisissez-le dans la liste de la page des organismes."
        )
    modalite = requete.get("modalite", "")
    if modalite and modalite not in MODALITES:
        raise BadRequest(
            f"« {modalite[:20]} » n’est pas une modalité. Choisissez : en présence, à distance ou non connue."
        )
    return Criteres(
        departements().get(code),
        cast("Modalite", modalite) if modalite else None,
        requete.get("texte", "").strip()[:LONGUEUR],
    )
