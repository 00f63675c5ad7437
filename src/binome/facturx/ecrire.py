"""An invoice as CII XML, in the profile EN 16931: the same bytes for the same invoice, in the order of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from binome.facturx.facture_electronique import (
    CODE_D_EXONERATION,
    MOTIF_D_EXONERATION,
    verifier,
)

if TYPE_CHECKING:
    from datetime import date

    from binome.facturx.facture_electronique import (
        FactureElectronique,
        LigneElectronique,
        PartieALaFacture,
    )

PROFIL: Final = "urn:cen.eu:en16931:2017"
CADRE: Final = "S1"
"""The frame of billing that France names for services (BT-23)."""
FACTURE: Final = "380"
AVOIR: Final = "381"
MINUTE: Final = "MIN"
VIREMENT: Final = "30"
JOUR: Final = "102"
"""How a day is written: 20261201."""
SIREN: Final = "0002"
SIRET: Final = "0009"
ADRESSE_ELECTRONIQUE: Final = "0225"
ESPACES: Final = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}


def en_xml(une: FactureElectronique) -> bytes:
    """The XML of an invoice, in UTF-8. Raises FactureImpossible."""
    verifier(une)
    racine = etree.Element(_nom("rsm:CrossIndustryInvoice"), nsmap=ESPACES)
    contexte = _dans(racine, "rsm:ExchangedDocumentContext")
    _dans(_dans(contexte, "ram:BusinessProcessSpecifiedDocumentContextParameter"), "ram:ID", CADRE)
    _dans(_dans(contexte, "ram:GuidelineSpecifiedDocumentContextParameter"), "ram:ID", PROFIL)
    _en_tete(_dans(racine, "rsm:ExchangedDocument"), une)
    operation = _dans(racine, "rsm:SupplyChainTradeTransaction")
    for rang, ligne in enumerate(une.lignes, start=1):
        _ligne(_dans(operation, "ram:IncludedSupplyChainTradeLineItem"), rang, ligne)
    accord = _dans(operation, "ram:ApplicableHeaderTradeAgreement")
    if une.accord:
        _dans(accord, "ram:BuyerReference", une.accord)
    _partie(_dans(accord, "ram:SellerTradeParty"), une.vendeur, vendeur=True)
    _partie(_dans(accord, "ram:BuyerTradeParty"), une.acheteur, vendeur=False)
    if une.contrat:
        _dans(_dans(accord, "ram:ContractReferencedDocument"), "ram:IssuerAssignedID", une.contrat)
    livraison = _dans(operation, "ram:ApplicableHeaderTradeDelivery")
    fait = _dans(livraison, "ram:ActualDeliverySupplyChainEvent")
    _jour(_dans(fait, "ram:OccurrenceDateTime"), max(ligne.au for ligne in une.lignes))
    _reglement(_dans(operation, "ram:ApplicableHeaderTradeSettlement"), une)
    corps: bytes = etree.tostring(
        racine, encoding="UTF-8", pretty_print=True, xml_declaration=False
    )
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + corps


def en_euros(cents: int) -> str:
    """Cents as the standard writes an amount: `1050.00`."""
    signe = "-" if cents < 0 else ""
    return f"{signe}{abs(cents) // 100}.{abs(cents) % 100:02}"


def _nom(nom: str) -> str:
    espace, local = nom.split(":")
    return f"{{{ESPACES[espace]}}}{local}"


def _dans(parent: Any, nom: str, texte: str | None = None, **attributs: str) -> Any:
    element = etree.SubElement(parent, _nom(nom), attributs)
    element.text = texte
    return element


def _jour(parent: Any, jour: date, espace: str = "udt") -> None:
    _dans(parent, f"{espace}:DateTimeString", f"{jour:%Y%m%d}", format=JOUR)


def _en_tete(element: Any, une: FactureElectronique) -> None:
    _dans(element, "ram:ID", une.numero)
    _dans(element, "ram:TypeCode", FACTURE if une.avoir_de is None else AVOIR)
    _jour(_dans(element, "ram:IssueDateTime"), une.le)
    notes = (
        ("REG", une.mentions.activite),
        ("PMD", une.mentions.penalites),
        ("PMT", une.mentions.indemnite),
        ("AAB", une.mentions.escompte),
        ("AAI", f"Payeur : {une.payeur}" if une.payeur else ""),
    )
    for code, texte in notes:
        if texte:
            note = _dans(element, "ram:IncludedNote")
            _dans(note, "ram:Content", texte)
            _dans(note, "ram:SubjectCode", code)


def _partie(element: Any, une: PartieALaFacture, *, vendeur: bool) -> None:
    if une.siret:
        _dans(element, "ram:GlobalID", une.siret, schemeID=SIRET)
    _dans(element, "ram:Name", une.nom)
    if une.siret:
        legale = _dans(element, "ram:SpecifiedLegalOrganization")
        _dans(legale, "ram:ID", une.siren, schemeID=SIREN)
    adresse = _dans(element, "ram:PostalTradeAddress")
    _dans(adresse, "ram:PostcodeCode", une.code_postal)
    _dans(adresse, "ram:LineOne", une.adresse)
    _dans(adresse, "ram:CityName", une.ville)
    _dans(adresse, "ram:CountryID", "FR")
    if une.siret:
        electronique = _dans(element, "ram:URIUniversalCommunication")
        _dans(electronique, "ram:URIID", une.siren, schemeID=ADRESSE_ELECTRONIQUE)
    if une.numero_de_tva:
        _dans(
            _dans(element, "ram:SpecifiedTaxRegistration"),
            "ram:ID",
            une.numero_de_tva,
            schemeID="VA",
        )
    elif vendeur:
        # BR-E-02 wants a number of the seller at the tax office; without one of VAT, its SIREN is.
        _dans(_dans(element, "ram:SpecifiedTaxRegistration"), "ram:ID", une.siren, schemeID="FC")


def _ligne(element: Any, rang: int, une: LigneElectronique) -> None:
    _dans(_dans(element, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(rang))
    _dans(_dans(element, "ram:SpecifiedTradeProduct"), "ram:Name", une.designation)
    prix = _dans(_dans(element, "ram:SpecifiedLineTradeAgreement"), "ram:NetPriceProductTradePrice")
    _dans(prix, "ram:ChargeAmount", en_euros(une.taux_cents))
    # So much for sixty minutes, minutes being counted: an hour has no exact decimal.
    _dans(prix, "ram:BasisQuantity", "60", unitCode=MINUTE)
    _dans(
        _dans(element, "ram:SpecifiedLineTradeDelivery"), "ram:BilledQuantity", str(une.minutes), unitCode=MINUTE
    )  # fmt: skip
    reglement = _dans(element, "ram:SpecifiedLineTradeSettlement")
    taxe = _dans(reglement, "ram:ApplicableTradeTax")
    _dans(taxe, "ram:TypeCode", "VAT")
    _dans(taxe, "ram:CategoryCode", "E")
    _dans(taxe, "ram:RateApplicablePercent", "0.00")
    _periode(reglement, une.du, une.au)
    if une.ecart_cents:
        remise = _dans(reglement, "ram:SpecifiedTradeAllowanceCharge")
        sens = _dans(remise, "ram:ChargeIndicator")
        _dans(sens, "udt:Indicator", "false" if une.ecart_cents > 0 else "true")
        _dans(remise, "ram:ActualAmount", en_euros(abs(une.ecart_cents)))
        _dans(remise, "ram:Reason", une.ecart_dit)
    total = _dans(reglement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    _dans(total, "ram:LineTotalAmount", en_euros(une.montant_cents))


def _periode(parent: Any, du: date, au: date) -> None:
    periode = _dans(parent, "ram:BillingSpecifiedPeriod")
    _jour(_dans(periode, "ram:StartDateTime"), du)
    _jour(_dans(periode, "ram:EndDateTime"), au)


def _reglement(element: Any, une: FactureElectronique) -> None:
    total = en_euros(une.total_cents)
    _dans(element, "ram:PaymentReference", une.numero)
    _dans(element, "ram:InvoiceCurrencyCode", "EUR")
    if une.iban:
        moyen = _dans(element, "ram:SpecifiedTradeSettlementPaymentMeans")
        _dans(moyen, "ram:TypeCode", VIREMENT)
        _dans(_dans(moyen, "ram:PayeePartyCreditorFinancialAccount"), "ram:IBANID", une.iban)
    taxe = _dans(element, "ram:ApplicableTradeTax")
    _dans(taxe, "ram:CalculatedAmount", "0.00")
    _dans(taxe, "ram:TypeCode", "VAT")
    _dans(taxe, "ram:ExemptionReason", MOTIF_D_EXONERATION)
    _dans(taxe, "ram:BasisAmount", total)
    _dans(taxe, "ram:CategoryCode", "E")
    _dans(taxe, "ram:ExemptionReasonCode", CODE_D_EXONERATION)
    _dans(taxe, "ram:RateApplicablePercent", "0.00")
    _periode(element, min(une_.du for une_ in une.lignes), max(une_.au for une_ in une.lignes))
    terme = _dans(element, "ram:SpecifiedTradePaymentTerms")
    _jour(_dans(terme, "ram:DueDateDateTime"), une.echeance)
    somme = _dans(element, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    _dans(somme, "ram:LineTotalAmount", total)
    _dans(somme, "ram:TaxBasisTotalAmount", total)
    _dans(somme, "ram:TaxTotalAmount", "0.00", currencyID="EUR")
    _dans(somme, "ram:GrandTotalAmount", total)
    _dans(somme, "ram:DuePayableAmount", total)
    if une.avoir_de is not None:
        numero, le = une.avoir_de
        corrigee = _dans(element, "ram:InvoiceReferencedDocument")
        _dans(corrigee, "ram:IssuerAssignedID", numero)
        _jour(_dans(corrigee, "ram:FormattedIssueDateTime"), le, "qdt")
