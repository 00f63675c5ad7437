"""A lot as XML, byte for byte the same for the same lot: the order of elements is that of the emitters in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from binome.accrochage.lot import IdentifiantNational
from binome.accrochage.schema import ESPACE, PAYS, SANS_ACTION, TYPE

if TYPE_CHECKING:
    from binome.accrochage.lot import Certifie, LotAAccrocher, Titulaire

XSI = "http://www.w3.org/2001/XMLSchema-instance"
NUL = {f"{{{XSI}}}nil": "true"}


def en_xml(lot: LotAAccrocher) -> bytes:
    """The file to deposit, in UTF-8. An optional element is written only when it is filled: an empty one is refused."""
    flux = etree.Element(_nom("flux"), nsmap={"cpf": ESPACE, "xsi": XSI})
    _dans(flux, "idFlux", lot.id_flux)
    _dans(flux, "horodatage", lot.horodatage.isoformat())
    if lot.version != SANS_ACTION:
        _dans(flux, "action", lot.action)
    emetteur = _dans(flux, "emetteur")
    _dans(emetteur, "idClient", lot.emetteur.client)
    certificateur = _dans(_dans(emetteur, "certificateurs"), "certificateur")
    _dans(certificateur, "idClient", lot.emetteur.certificateur)
    _dans(certificateur, "idContrat", lot.emetteur.contrat)
    _certifications(_dans(certificateur, "certifications"), lot)
    # Lines help whoever looks for the one that the portal names.
    corps: bytes = etree.tostring(flux, encoding="UTF-8", pretty_print=True, xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + corps


def _certifications(parent: Any, lot: LotAAccrocher) -> None:
    par_fiche: dict[str, list[Certifie]] = {}
    for un in lot.passages:
        par_fiche.setdefault(un.rncp, []).append(un)
    for fiche, passages in par_fiche.items():
        certification = _dans(parent, "certification")
        _dans(certification, "type", TYPE)
        _dans(certification, "code", fiche)
        _dans(certification, "natureDeposant", lot.emetteur.nature)
        tous = _dans(certification, "passageCertifications")
        for un in passages:
            _passage(_dans(tous, "passageCertification"), un)


def _nom(nom: str) -> str:
    return f"{{{ESPACE}}}{nom}"


def _dans(parent: Any, nom: str, texte: str | None = None) -> Any:
    element = etree.SubElement(parent, _nom(nom))
    element.text = texte
    return element


def _ou_nul(parent: Any, nom: str, texte: str | None) -> None:
    """An element that must be there, empty said so where nothing is known."""
    if texte:
        _dans(parent, nom, texte)
    else:
        etree.SubElement(parent, _nom(nom), NUL)


def _passage(element: Any, un: Certifie) -> None:
    _dans(element, "idTechnique", un.id_technique)
    _dans(element, "obtentionCertification", "PAR_ADMISSION")
    _dans(element, "donneeCertifiee", "true")
    _dans(element, "dateDebutValidite", un.date_debut_validite.isoformat())
    _ou_nul(element, "dateFinValidite", None)
    _dans(element, "presenceNiveauLangueEuro", "false")
    _dans(element, "presenceNiveauNumeriqueEuro", "false")
    _ou_nul(element, "scoring", None)
    _ou_nul(element, "mentionValidee", None)
    _ou_nul(_dans(element, "modalitesInscription"), "modaliteAcces", un.modalite_acces)
    identification = _dans(element, "identificationTitulaire")
    if isinstance(un.titulaire, IdentifiantNational):
        national = _dans(identification, "identifiantNational")
        _dans(national, "nir", un.titulaire.nir)
        _dans(national, "nomNaissance", un.titulaire.nom_naissance)
    else:
        _titulaire(_dans(identification, "titulaire"), un.titulaire)


def _titulaire(element: Any, qui: Titulaire) -> None:
    _dans(element, "nomNaissance", qui.nom_naissance)
    _ou_nul(element, "nomUsage", qui.nom_usage)
    _dans(element, "prenom1", qui.prenom1)
    for nom, texte in (("prenom2", qui.prenom2), ("prenom3", qui.prenom3)):
        if texte:
            _dans(element, nom, texte)
    _dans(element, "anneeNaissance", str(qui.annee))
    _ou_nul(element, "moisNaissance", None if qui.mois is None else str(qui.mois))
    _ou_nul(element, "jourNaissance", None if qui.jour is None else str(qui.jour))
    _dans(element, "sexe", qui.sexe)
    code = _dans(element, "codeCommuneNaissance")
    if qui.insee:
        _dans(_dans(code, "codeInseeNaissance"), "codeInsee", qui.insee)
    else:
        _ou_nul(_dans(code, "codePostalNaissance"), "codePostal", qui.code_postal)
    if qui.commune:
        _dans(element, "libelleCommuneNaissance", qui.commune)
    if qui.pays:
        _dans(
            element,
            "codePaysNaissance" if _est_un_code(qui.pays) else "libellePaysNaissance",
            qui.pays,
        )


def _est_un_code(pays: str) -> bool:
    """Whether a country is given by its code of three characters rather than by its name."""
    return len(pays) == PAYS and pays.isascii() and pays.isalnum() and pays == pays.upper()
