"""The civil status of a person: read as the schema will carry it, kept, and whether it is there."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as numero_national

from binome.accrochage import schema
from binome.accrochage.lot import lire_titulaire
from binome.comptes.etat_civil import SANS_PRENOM, annee_seule
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, faire_par_la_maison, naitre
from binome.journal.services import SYSTEME, oublier
from binome.passeport.etats import EtatDeFiche
from binome.passeport.flows import ETATS_CIVILS
from binome.passeport.models import FicheDEtatCivil
from binome.passeport.passages import DE_LA_FICHE
from binome.passeport.rayons import chiffrer, dechiffrer
from binome.passeport.reglages import reglages_du_dossier
from binome.regles.jours import lire_jour
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier

NIR: Final = "nir"
JSON: Final = {"insee": "commune_insee"}
"""The fields that the contract of the declaration names otherwise."""
DITS: Final = {
    "sexe": "Choisissez le sexe inscrit à l’état civil.",
    "nom_naissance": "Donnez le nom de naissance.",
    "prenom1": "Donnez le premier prénom.",
    "naissance": "Donnez la date de naissance, par exemple 03/05/1984 ; ou l’année seule, si le jour n’est pas connu.",
}
"""What is said of each field that cannot be left empty."""
SANS_LIEU: Final = "Donnez le code Insee de la commune de naissance, ou son code postal ; à l’étranger, la commune et le pays."
POSTAL: Final = "Un code postal n’a que des chiffres, par exemple 40100."
NIR_FAUX: Final = (
    "Relisez ce numéro : il a quinze chiffres, clé comprise, et celui-ci n’est pas juste."
)
AU_COURANT: Final = "Cet état civil vient d’être enregistré par quelqu’un d’autre. Relisez-le."


@dataclass(frozen=True)
class FicheLue:
    """What was typed, as it is kept; `fautes` says by field what is wrong, and nothing is then kept."""

    valeurs: dict[str, str]
    nir: str
    fautes: dict[str, str]


def lire_la_fiche(tape: Mapping[str, str], *, avec_nir: bool) -> FicheLue:
    """What a form says, by the very rules of what is declared."""
    dites = {nom: " ".join(tape.get(nom, "").split()) for nom in DE_LA_FICHE}
    dites["naissance"] = _naissance(dites["naissance"])
    brut: dict[str, Any] = {JSON.get(nom, nom): dite or None for nom, dite in dites.items()}
    trouvees: list[str] = []
    lu = lire_titulaire(brut, "", trouvees)
    fautes: dict[str, str] = {}
    for une in trouvees:
        champ, _, dit = une.partition(" : ")
        nom = next((ici for ici, la in JSON.items() if la == champ), champ)
        vide = not dites.get(nom) or nom == "sexe"
        fautes.setdefault(nom, DITS[nom] if vide and nom in DITS else f"{majuscule(dit)}.")
    postal = dites["code_postal"]
    if postal and not (postal.isascii() and postal.isdecimal()):
        fautes.setdefault("code_postal", POSTAL)
    if not fautes and not (lu.insee or lu.code_postal or (lu.commune and lu.pays)):
        fautes["insee"] = SANS_LIEU
    numero = numero_national.compact(tape.get(NIR, "")).upper() if avec_nir else ""
    if numero and not _nir_juste(numero):
        fautes[NIR] = NIR_FAUX
    valeurs = {nom: str(getattr(lu, nom, "") or "") for nom in DE_LA_FICHE}
    return FicheLue({**valeurs, "naissance": dites["naissance"]}, numero, fautes)


def _nir_juste(numero: str) -> bool:
    try:
        numero_national.validate(numero)
    except ValidationError:
        return False
    return schema.NIR.fullmatch(numero[:13]) is not None


def _naissance(texte: str) -> str:
    """A birth as people write it, as it is kept; as it came when nothing reads so."""
    if schema.NAISSANCE.fullmatch(texte):
        return texte
    jour = lire_jour(texte)
    if jour is not None:
        return jour.isoformat()
    annee = annee_seule(texte)
    return texte if annee is None else str(annee)


def depart(dossier: Dossier, fiche: FicheDEtatCivil | None) -> dict[str, str]:
    """What the form holds at first: what is kept, or what the dossier says already."""
    if fiche is not None and fiche.etat != EtatDeFiche.EFFACEE:
        dites = {nom: str(getattr(fiche, nom)) for nom in DE_LA_FICHE}
        return {**dites, "naissance": _a_relire(fiche.naissance)}
    de_naissance = dossier.nom_de_naissance or dossier.nom
    annee = dossier.naissance_annee
    return {
        "nom_naissance": de_naissance,
        "nom_usage": dossier.nom if dossier.nom != de_naissance else "",
        "prenom1": "" if dossier.prenom == SANS_PRENOM else dossier.prenom,
        "naissance": f"{dossier.naissance:%d/%m/%Y}" if dossier.naissance else str(annee or ""),
    }


def _a_relire(naissance: str) -> str:
    """A birth as people read it; one whose day is not known as it is kept."""
    jour = lire_jour(naissance)
    return naissance if jour is None else f"{jour:%d/%m/%Y}"


def fiche_de(dossier: Dossier) -> FicheDEtatCivil | None:
    """The civil status of the person of a dossier, complete or to be corrected."""
    return FicheDEtatCivil.objects.filter(dossier=dossier).select_related("dossier").first()


@transaction.atomic
def enregistrer(
    acteur: Acteur, dossier: Dossier, lue: FicheLue, *, version: int | None
) -> FicheDEtatCivil:
    """Keeps what was read; `version` is the one that they saw, None where there was none. Raises GesteImpossible, Depasse."""
    fiche = FicheDEtatCivil.objects.select_for_update().filter(dossier=dossier).first()
    valeurs = {**lue.valeurs, **_sous_cle(dossier, lue.nir)}
    if fiche is None:
        neuve = FicheDEtatCivil(dossier=dossier, dit_le=timezone.now(), **valeurs)
        try:
            with transaction.atomic():
                naitre(ETATS_CIVILS, "saisir", [neuve], acteur)
        except IntegrityError:
            raise Depasse("cet état civil") from None
        return neuve
    if version is None:
        raise GesteImpossible(AU_COURANT)
    fiche.dossier = dossier
    ancienne = fiche.nir_cle if "nir" in valeurs else ""
    faire(ETATS_CIVILS, "corriger", fiche, acteur, version=version, donnees={"fiche": valeurs})
    if ancienne:
        oublier(ancienne, auteur=acteur.nom_au_journal, motif="numéro remplacé")
    return fiche


def _sous_cle(dossier: Dossier, numero: str) -> dict[str, str]:
    """The number under a key that is its alone, only where the branch asks for it: destroyed, no copy of it can be read."""
    reglages = reglages_du_dossier(dossier) if numero else None
    if reglages is None or not reglages.nir:
        return {}
    cle = f"nir:{secrets.token_hex(16)}"
    return {"nir": chiffrer(cle, numero.encode()).decode(), "nir_cle": cle}


def nir_de(fiche: FicheDEtatCivil) -> str:
    """The fifteen characters; empty where they are not held."""
    clair = dechiffrer(fiche.nir_cle, fiche.nir.encode()) if fiche.nir else None
    return clair.decode() if clair else ""


def oublier_les_nir(fiches: Sequence[FicheDEtatCivil], *, motif: str) -> None:
    """Takes numbers off and destroys their keys."""
    tenues = [une for une in fiches if une.nir_cle]
    cles = [une.nir_cle for une in tenues]
    faire_par_la_maison(ETATS_CIVILS, "oublier_le_nir", tenues)
    for cle in cles:
        oublier(cle, auteur=SYSTEME, motif=motif)
