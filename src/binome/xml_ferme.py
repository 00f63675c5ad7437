"""XML of unknown hands: read without any DTD, entity or network, or refused."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from lxml import etree


class XmlAvecEntites(ValueError):
    """It declares a DOCTYPE or entities."""


class XmlIllisible(ValueError):
    """It is no XML; its message says where, in French."""


def racine_fermee(octets: bytes) -> Any:
    """The root, without comments nor processing instructions. Raises XmlAvecEntites, XmlIllisible."""
    if b"<!DOCTYPE" in octets or b"<!ENTITY" in octets:
        raise XmlAvecEntites
    lecteur = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        arbre = etree.parse(BytesIO(octets), lecteur)
    except etree.XMLSyntaxError as erreur:
        lieu = f", à la ligne {erreur.lineno}" if erreur.lineno else ""
        raise XmlIllisible(f"ce n’est pas du XML lisible{lieu}") from erreur
    if arbre.docinfo.internalDTD is not None or arbre.docinfo.externalDTD is not None:
        raise XmlAvecEntites
    return arbre.getroot()
