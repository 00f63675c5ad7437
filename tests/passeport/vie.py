"""Three people certified by a made-up branch, whose settings are « essai »; and a life that fills every table of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.gestes.services import naitre
from binome.passeport.accuses import depouiller
from binome.passeport.etats import ActionDeclaree
from binome.passeport.fiches import enregistrer, fiche_de, lire_la_fiche
from binome.passeport.lots import deposer, preparer
from binome.passeport.models import LotDePassages, PassageADeclarer
from binome.passeport.reglages import choisir_le_schema, regler
from binome.titres.etats import NatureDeTitre
from binome.titres.flows import TITRES
from binome.titres.models import Titre
from tests.dossiers.monde import Monde, construire
from tests.sessions.vie import un_parcours
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.parcours.models import Parcours
    from binome.passeport.accuses import Depouillement
    from binome.passeport.models import FicheDEtatCivil

NORMES: Final = Path(__file__).parents[1] / "accrochage" / "normes"
SCHEMA: Final = (NORMES / "cpf-1.1.2.xsd").read_bytes()
NUMEROS: Final = {
    "id_client": "12ABC345",
    "certificateur": "12ABC345",
    "contrat": "MCFCER000123",
}
FICHE: Final = {
    "nom_naissance": "Exemple",
    "prenom1": "Léa",
    "naissance": "03/05/1984",
    "sexe": "F",
    "insee": "40088",
}


@dataclass
class Certifies:
    """Three people of the same organisation, in the order of their parchemins."""

    monde: Monde
    titres: list[Titre]

    @property
    def ana(self) -> Acteur:
        """Who declares for the branch."""
        return Acteur(self.monde.ana)

    @property
    def alice(self) -> Acteur:
        """Who manages their organisation."""
        return Acteur(self.monde.alice)

    def passage(self, rang: int = 0) -> PassageADeclarer:
        """The declaration of one of them, as it is now."""
        return PassageADeclarer.objects.select_related("titre__parcours__dossier").get(
            titre=self.titres[rang]
        )

    def etats(self) -> list[str]:
        """Where each declaration stands."""
        return [self.passage(rang).etat for rang in range(len(self.titres))]

    def completer(self, rang: int, **autres: str) -> FicheDEtatCivil:
        """Alice types the civil status of one of them."""
        dossier = self.titres[rang].parcours.dossier
        connue = fiche_de(dossier)
        lue = lire_la_fiche({**FICHE, **autres}, avec_nir="nir" in autres)
        assert not lue.fautes
        return enregistrer(
            self.alice, dossier, lue, version=None if connue is None else connue.version
        )

    def lot(self, action: ActionDeclaree = ActionDeclaree.CREATION) -> LotDePassages:
        """A lot of all that is ready, deposited today."""
        lot = preparer(self.ana, self.monde.branche, action)
        return deposer(self.ana, lot, version=lot.version, le=timezone.localdate().isoformat())

    def repondre(
        self, lot: LotDePassages, refuses: dict[int, str] | None = None, **autres: Any
    ) -> Depouillement:
        """The acknowledgement of a lot: each accepted, unless a sentence refuses them."""
        return depouiller(self.ana, accuse(self, lot, refuses or {}, **autres))


def titrer(monde: Monde, parcours: Parcours, rang: int, jour: date) -> Titre:
    """A parchemin, as the room of titles delivers it."""
    titre = Titre(
        nature=NatureDeTitre.CQP, parcours=parcours, emetteur=monde.branche, annee=jour.year, rang=rang,
        referentiel="rncp40913", blocs=[1, 2, 3, 4], delivre_le=jour, delivre_par=monde.ana, essai=True,
    )  # fmt: skip
    naitre(TITRES, "delivrer", [titre], Acteur(monde.ana))
    return titre


def regler_d_essai(monde: Monde) -> None:
    """The branch's numbers, made up, under the schema of the norms: a file, that comes back with no remembered row."""
    ana = Acteur(monde.ana)
    regler(monde.branche, ana, {**NUMEROS, "essai": True})
    choisir_le_schema(monde.branche, ana, SCHEMA, "cpf-1.1.2.xsd", date(2026, 11, 29))


@remembre
def certifier(nombre: int = 3) -> Certifies:
    """The people and their parchemins; the branch has no settings yet."""
    monde = construire()
    donner_role(monde.ana, monde.branche, "jury", auteur="exploitation")
    parcours = [un_parcours(monde) for _ in range(nombre)]
    jour = timezone.localdate()
    return Certifies(monde, [titrer(monde, un, rang, jour) for rang, un in enumerate(parcours, 1)])


def un_lot(monde: Monde, parcours: Parcours) -> LotDePassages:
    """A lot that is ready, of one person who was certified at the end of a path."""
    regler_d_essai(monde)
    gens = Certifies(monde, [titrer(monde, parcours, 999, timezone.localdate())])
    gens.completer(0)
    return preparer(gens.ana, monde.branche, ActionDeclaree.CREATION)


def vivre_le_passeport(monde: Monde, titre: Titre) -> None:
    """A row in each table of the room: the title is declared, deposited, and half answered."""
    regler_d_essai(monde)
    gens = Certifies(monde, [titre])
    gens.completer(0)
    gens.repondre(gens.lot(), {0: "Une phrase d’exemple"})


def accuse(
    gens: Certifies, lot: LotDePassages, refuses: dict[int, str], *, sans: tuple[int, ...] = ()
) -> bytes:
    """An acknowledgement of the shape of the real ones."""
    numeros = {
        rang: str(gens.passage(rang).id_technique)
        for rang in range(len(gens.titres))
        if lot.lignes.filter(passage=gens.passage(rang)).exists() and rang not in sans
    }
    ko = "".join(
        f"<passage><idTechnique>{numeros[rang]}</idTechnique><messageErreur>{dit}</messageErreur></passage>"
        for rang, dit in refuses.items()
    )
    ok = "".join(
        f"<idTechnique>{numero}</idTechnique>"
        for rang, numero in numeros.items()
        if rang not in refuses
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        '<rapport xmlns:ns2="urn:cdc:cpf:pc5:rapport:schema">'
        f"<nomFichier>{lot.nom}</nomFichier><idFlux>x</idFlux><idTraitement>90001</idTraitement>"
        f"<PassagesKO>{ko}</PassagesKO><PassagesOK>{ok}</PassagesOK></rapport>"
    ).encode()


def rejet(lot: LotDePassages) -> bytes:
    """The acknowledgement of a file that was rejected whole."""
    return (
        (NORMES / "accuse-rejet.xml")
        .read_bytes()
        .replace(b"binome-essai-20261129-101500.xml", lot.nom.encode())
    )
