"""A lot of certifications to declare, read strictly: refused whole, with one sentence for each mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from binome.accrochage import schema
from binome.accrochage.lecture import LectureDeLot, LotInvalide
from binome.objets import inconnues, jour_ecrit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Emetteur:
    """Who deposits and for which certifier, by the numbers that the portal gave them."""

    client: str
    certificateur: str
    contrat: str

    @property
    def nature(self) -> str:
        """What the schema calls the depositor: the certifier, or whom it named."""
        return "CERTIFICATEUR" if self.client == self.certificateur else "TIERS_CONFIANCE"


@dataclass(frozen=True, slots=True)
class Titulaire:
    """Who holds a certification; what is not known is empty, None for a month or a day of birth."""

    nom_naissance: str
    prenom1: str
    annee: int
    mois: int | None
    jour: int | None
    sexe: str
    nom_usage: str = ""
    prenom2: str = ""
    prenom3: str = ""
    insee: str = ""
    code_postal: str = ""
    commune: str = ""
    pays: str = ""


@dataclass(frozen=True, slots=True)
class IdentifiantNational:
    """Who holds a certification, by their number of social security without its key; in the place of a `Titulaire`."""

    nir: str
    nom_naissance: str


@dataclass(frozen=True, slots=True)
class Certifie:
    """One certification obtained: its identifier for ever, its sheet, the day of the parchemin."""

    id_technique: str
    rncp: str
    date_debut_validite: date
    modalite_acces: str
    titulaire: Titulaire | IdentifiantNational


@dataclass(frozen=True, slots=True)
class LotAAccrocher:
    """What one file declares, or takes back; `horodatage` is a moment with its offset, to the second."""

    emetteur: Emetteur
    version: str
    passages: tuple[Certifie, ...]
    id_flux: str
    horodatage: datetime
    action: str = "CREATION"


CLES: Final = ("emetteur", "version", "passages", "id_flux", "horodatage", "action")
CLES_EMETTEUR: Final = ("id_client", "certificateur", "contrat")
CLES_PASSAGE: Final = (
    "id_technique", "rncp", "date_debut_validite", "modalite_acces", "titulaire", "identifiant_national",
)  # fmt: skip
CLES_NATIONALES: Final = ("nir", "nom_naissance")
CLES_TITULAIRE: Final = (
    "nom_naissance", "nom_usage", "prenom1", "prenom2", "prenom3", "naissance", "sexe", "commune_insee", "code_postal",
    "commune", "pays",
)  # fmt: skip


def lire_lot(brut: Mapping[str, Any]) -> LotAAccrocher:
    """The lot of an object as JSON gives it. Raises LotInvalide with every mistake, none being taken."""
    fautes = inconnues(brut, CLES)
    lu = LectureDeLot(brut, "", fautes)
    version = lu.parmi("version", schema.VERSIONS)
    id_flux = lu.texte("id_flux", 50, requis=False) or str(uuid4())
    horodatage = _moment(lu)
    action = lu.parmi("action", schema.ACTIONS, requis=False) or schema.ACTIONS[0]
    if version == schema.SANS_ACTION and action != schema.ACTIONS[0]:
        lu.faute("action", f"la version {version} ne sait que déclarer")
    emetteur = _emetteur(lu.objet("emetteur"), fautes)
    passages = brut.get("passages")
    lus: list[Certifie] = []
    if not isinstance(passages, list) or not passages:
        fautes.append("passages : une liste d’au moins un passage est attendue")
    elif len(passages) > schema.PASSAGES:
        fautes.append(f"passages : {schema.PASSAGES} au plus dans un fichier")
    else:
        lus = [
            _passage(un, f"passage {rang}, ", fautes, version)
            for rang, un in enumerate(passages, start=1)
        ]
        _sans_doublon(lus, fautes)
    if fautes:
        raise LotInvalide(fautes)
    return LotAAccrocher(emetteur, version, tuple(lus), id_flux, horodatage, action)


def _sans_doublon(lus: list[Certifie], fautes: list[str]) -> None:
    premiers: dict[str, int] = {}
    for rang, un in enumerate(lus, start=1):
        if un.id_technique and premiers.setdefault(un.id_technique, rang) != rang:
            fautes.append(
                f"passage {rang}, id_technique : le même que celui du passage {premiers[un.id_technique]}"
            )


def _moment(lu: LectureDeLot) -> datetime:
    texte = lu.texte("horodatage", 25, requis=False)
    if not texte:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(texte)
    except ValueError:
        moment = None
    if moment is None or not schema.MOMENT.fullmatch(moment.isoformat()):
        lu.faute(
            "horodatage",
            "un moment à la seconde est attendu, par exemple 2026-11-30T10:15:00+01:00",
        )
        return datetime.now(UTC)
    return moment


def _emetteur(brut: Mapping[str, Any], fautes: list[str]) -> Emetteur:
    fautes += inconnues(brut, CLES_EMETTEUR, "emetteur, ")
    lu = LectureDeLot(brut, "emetteur, ", fautes)
    for nom in ("id_client", "certificateur"):
        valeur = brut.get(nom)
        if isinstance(valeur, str) and valeur.strip() and len(valeur.strip()) != schema.CLIENT:
            lu.faute(nom, f"{schema.CLIENT} caractères exactement, comme le portail l’a donné")
    return Emetteur(
        lu.texte("id_client", schema.IDENTIFIANT),
        lu.texte("certificateur", schema.IDENTIFIANT),
        lu.texte("contrat", schema.CONTRAT),
    )


def _passage(brut: object, lieu: str, fautes: list[str], version: str) -> Certifie:
    if not isinstance(brut, dict):
        fautes.append(f"{lieu}un objet est attendu, entre accolades")
        brut = {}
    else:
        fautes += inconnues(brut, CLES_PASSAGE, lieu)
    lu = LectureDeLot(brut, lieu, fautes)
    id_technique = lu.texte("id_technique", schema.IDENTIFIANT)
    rncp = lu.texte("rncp", 100)
    if rncp and not schema.FICHE.fullmatch(rncp):
        lu.faute("rncp", "le numéro d’une fiche est attendu, par exemple RNCP40913")
    avant = len(fautes)
    jour = _jour(lu)
    modalite = lu.parmi("modalite_acces", schema.MODALITES, requis=False)
    if "identifiant_national" in brut:
        return Certifie(id_technique, rncp, jour, modalite, _national(lu, version))
    titulaire = lire_titulaire(lu.objet("titulaire"), f"{lieu}titulaire, ", fautes)
    if len(fautes) == avant and titulaire.annee >= jour.year:
        fautes.append(f"{lieu}titulaire, naissance : elle ne peut pas suivre le parchemin")
    return Certifie(id_technique, rncp, jour, modalite, titulaire)


def _national(lu: LectureDeLot, version: str) -> IdentifiantNational:
    """The other way to say who it is, which only the last version carries, and never beside the first."""
    if version == schema.SANS_ACTION:
        lu.faute("identifiant_national", f"la version {version} ne le porte pas")
    if "titulaire" in lu.brut:
        lu.faute("identifiant_national", "donnez-le à la place du titulaire, jamais avec lui")
    dit = LectureDeLot(
        lu.objet("identifiant_national"), f"{lu.lieu}identifiant_national, ", lu.fautes
    )
    lu.fautes += inconnues(dit.brut, CLES_NATIONALES, dit.lieu)
    nom = dit.nom("nom_naissance", schema.NOM)
    nir = dit.texte("nir", 13).upper()
    if nir and not schema.NIR.fullmatch(nir):
        dit.faute("nir", "treize caractères sont attendus, sans la clé")
    return IdentifiantNational(nir, nom)


def _jour(lu: LectureDeLot) -> date:
    texte = lu.texte("date_debut_validite", 10)
    jour = jour_ecrit(texte)
    if jour is None or not schema.PREMIER_CERTIFICAT <= jour.year <= schema.ANNEES[1]:
        if texte:
            lu.faute(
                "date_debut_validite",
                f"le jour du parchemin est attendu, depuis {schema.PREMIER_CERTIFICAT}, écrit 2026-11-02",
            )
        return date(schema.ANNEES[0], 1, 1)
    return jour


def lire_titulaire(brut: Mapping[str, Any], lieu: str, fautes: list[str]) -> Titulaire:
    """Who holds a certification, each mistake added to `fautes` after its `lieu`."""
    fautes += inconnues(brut, CLES_TITULAIRE, lieu)
    lu = LectureDeLot(brut, lieu, fautes)
    annee, mois, jour = _naissance(lu)
    insee = lu.texte("commune_insee", 255, requis=False).upper()
    postal = lu.texte("code_postal", schema.CODE_POSTAL, requis=False)
    commune = lu.nom("commune", schema.NOM, requis=False)
    pays = lu.texte("pays", schema.NOM, requis=False)
    if pays.isdecimal() and len(pays) != schema.PAYS:
        lu.faute(
            "pays", "un code de pays a trois caractères, par exemple 109 ; sinon, écrivez son nom"
        )
    if insee and not schema.INSEE.fullmatch(insee) and not postal:
        lu.faute(
            "commune_insee",
            "cinq caractères sont attendus, par exemple 40088 ou 2A004 ; à défaut, donnez le code postal",
        )
    if insee.startswith(schema.ETRANGER):
        if not commune:
            lu.faute("commune", "née ou né à l’étranger, la personne a besoin du nom de sa commune")
        if not pays:
            lu.faute("pays", "née ou né à l’étranger, la personne a besoin de son pays")
    return Titulaire(
        nom_naissance=lu.nom("nom_naissance", schema.NOM),
        prenom1=lu.nom("prenom1", schema.NOM),
        annee=annee,
        mois=mois,
        jour=jour,
        sexe=lu.parmi("sexe", schema.SEXES),
        nom_usage=lu.nom("nom_usage", schema.NOM, requis=False),
        prenom2=lu.nom("prenom2", schema.NOM, requis=False),
        prenom3=lu.nom("prenom3", schema.NOM, requis=False),
        insee=insee if schema.INSEE.fullmatch(insee) else "",
        code_postal=postal,
        commune=commune,
        pays=pays,
    )


def _naissance(lu: LectureDeLot) -> tuple[int, int | None, int | None]:
    texte = lu.texte("naissance", 10)
    lue = schema.NAISSANCE.fullmatch(texte)
    annee, mois, jour = (
        (None if un is None else int(un) for un in lue.groups()) if lue else (None, None, None)
    )
    if annee is not None and schema.ANNEES[0] <= annee <= schema.ANNEES[1]:
        try:
            date(annee, 1 if mois is None else mois, 1 if jour is None else jour)
        except ValueError:
            pass
        else:
            return annee, mois, jour
    if texte:
        lu.faute(
            "naissance", "une date qui existe est attendue, écrite 1984-05-03 ; ou 1984-05, ou 1984"
        )
    return schema.ANNEES[0], None, None
