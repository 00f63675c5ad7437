"""Why a file is not taken: for each reason, what the person reads, and whether the file is kept aside."""

from __future__ import annotations

from typing import Final, NamedTuple


class RaisonDeRefus(NamedTuple):
    """`suspect`: the file may harm; its bytes are kept apart for whoever looks into it."""

    phrase: str
    suspect: bool = False


RAISONS: Final = {
    "vide": RaisonDeRefus("Ce fichier est vide. Choisissez-en un autre."),
    "trop_gros": RaisonDeRefus(
        "Ce fichier dépasse 10 Mo. Réduisez-le, ou déposez-le en plusieurs pièces."
    ),
    "photo_trop_grosse": RaisonDeRefus(
        "Cette image dépasse 20 Mo. Reprenez-la en photo avec une définition plus basse."
    ),
    "sorte": RaisonDeRefus(
        "Ce fichier n’est ni un PDF, ni une photo (JPEG, HEIC), ni un PNG. Enregistrez-le en PDF, puis déposez-le."
    ),
    "bureautique": RaisonDeRefus(
        "Ce fichier vient d’un traitement de texte ou d’un tableur. Enregistrez-le en PDF, puis déposez "
        "le PDF."
    ),
    "archive": RaisonDeRefus(
        "Ce fichier en contient d’autres. Ouvrez-le, puis déposez chaque document en PDF.",
        suspect=True,
    ),
    "autre_image": RaisonDeRefus(
        "Cette image n’est ni une photo (JPEG, HEIC), ni un PNG. Enregistrez-la en JPEG, puis déposez-la."
    ),
    "executable": RaisonDeRefus(
        "Ce fichier est un programme, pas un document. Déposez un PDF, ou une image JPEG ou PNG.",
        suspect=True,
    ),
    "abime": RaisonDeRefus(
        "Ce fichier est abîmé ou incomplet. Enregistrez-le de nouveau, puis déposez-le."
    ),
    "protege": RaisonDeRefus("Ce PDF demande un mot de passe. Enregistrez-le sans protection."),
    "trop_de_pages": RaisonDeRefus(
        "Ce document dépasse 60 pages. Gardez celles qui servent de preuve."
    ),
    "trop_de_points": RaisonDeRefus(
        "Cette image est trop grande. Reprenez-la en photo, ou réduisez-la.", suspect=True
    ),
    "actif": RaisonDeRefus(
        "Ce PDF contient du code ou des fichiers cachés. Imprimez-le en PDF, puis déposez la copie.",
        suspect=True,
    ),
    "bombe": RaisonDeRefus(
        "Ce fichier se déplie en un contenu démesuré. Imprimez-le en PDF, puis déposez la copie.",
        suspect=True,
    ),
    "chemin": RaisonDeRefus(
        "Le nom de ce fichier contient un chemin vers un autre dossier. Renommez-le, puis déposez-le.",
        suspect=True,
    ),
    "double": RaisonDeRefus(
        "Ce fichier en cache un autre. Imprimez-le en PDF, puis déposez la copie.", suspect=True
    ),
    "virus": RaisonDeRefus(
        "Un programme dangereux se cache dans ce fichier. Ne l’ouvrez pas, et déposez-en un autre.",
        suspect=True,
    ),
    "quota_dossier": RaisonDeRefus(
        "Ce dossier garde déjà tout ce qu’il peut garder, pièces remplacées comprises. Prévenez la "
        "branche : la personne qui tient ce site peut lui faire de la place."
    ),
    "quota_jour": RaisonDeRefus(
        "Vous avez envoyé aujourd’hui tout ce qu’une personne peut envoyer en un jour. Recommencez demain."
    ),
    "quota_organisation": RaisonDeRefus(
        "L’organisme garde déjà tout ce qu’il peut garder. Terminez ou abandonnez les imports ouverts, ou "
        "prévenez la branche : la personne qui tient ce site peut lui faire de la place."
    ),
    "sans_antivirus": RaisonDeRefus(
        "Les fichiers ne peuvent pas être vérifiés pour l’instant. Réessayez dans quelques minutes."
    ),
}


class PieceRefusee(Exception):
    """A file that is not taken; its message is for the person, `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(RAISONS[code].phrase)
        self.code = code

    @property
    def suspect(self) -> bool:
        """Whether the file may harm."""
        return RAISONS[self.code].suspect
