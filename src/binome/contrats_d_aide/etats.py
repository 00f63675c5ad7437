"""The states of a contract and the closed lists of the room; those that rules decide on keep the rule base's codes."""

from __future__ import annotations

from typing import Final

from django.db import models


class GenreDeContrat(models.TextChoices):
    """Who signs: one doctor, or a company for its doctors."""

    INDIVIDUEL = "individuel", "Contrat individuel"
    COLLECTIF = "collectif", "Contrat collectif"


class EtatDeContrat(models.TextChoices):
    """Where a contract stands."""

    PREPARE = "prepare", "En préparation"
    SIGNE = "signe", "Signé, personne n’a encore commencé"
    EN_COURS = "en_cours", "En cours"
    SUSPENDU = "suspendu", "Suspendu"
    FINI = "fini", "Fini"
    REMPLACE = "remplace", "Remplacé par un autre contrat"
    ABANDONNE = "abandonne", "Abandonné avant la signature"


COURANTS: Final = (EtatDeContrat.EN_COURS, EtatDeContrat.SUSPENDU)
"""A contract that someone works under, or did before its suspension."""
OUVERTS: Final = (EtatDeContrat.SIGNE, *COURANTS)
"""A contract that binds its two parties."""
CLOS: Final = (EtatDeContrat.FINI, EtatDeContrat.REMPLACE)
"""A contract that bound its two parties, and no longer does."""
JAMAIS_SIGNES: Final = (EtatDeContrat.PREPARE, EtatDeContrat.ABANDONNE)
"""What is a practice's own: a caisse reads a contract once it is signed."""
ARRETES: Final = (*CLOS, EtatDeContrat.ABANDONNE)
"""A contract under which nothing happens any more."""


class OptionDeContrat(models.TextChoices):
    """The share of time that an individual contract pays for; the codes are those of the rule base."""

    TIERS = "tiers", "Un tiers de temps"
    DEMI = "demi", "Un mi-temps"
    UN = "un", "Un temps plein"
    UN_ET_DEMI = "un_et_demi", "Un temps plein et demi"
    DEUX = "deux", "Deux temps pleins"


PART_DE_L_OPTION: Final[dict[str, int]] = {
    OptionDeContrat.TIERS: 3_333,
    OptionDeContrat.DEMI: 5_000,
    OptionDeContrat.UN: 10_000,
    OptionDeContrat.UN_ET_DEMI: 15_000,
    OptionDeContrat.DEUX: 20_000,
}
"""What an option pays for, in basis points of a full time; a third is 3 333, as `emplois` counts it."""


class VersionDeContrat(models.TextChoices):
    """The text that a contract was signed under; the codes are those of the table `aide-version`."""

    AVENANT_7 = "avenant7", "Avenant 7"
    REGLEMENT_ARBITRAL = "reglement_arbitral", "Règlement arbitral"
    CONVENTION_2024 = "convention_2024", "Convention médicale de 2024"
    COLLECTIF_2026 = "collectif_2026", "Aide collective de 2026"


class BandeDActivite(models.TextChoices):
    """Where a doctor's activity stands among those of their peers; the codes are those of the rule base."""

    P30_P50 = "p30_p50", "Entre P30 et P50"
    P50_P70 = "p50_p70", "Entre P50 et P70"
    P70_P90 = "p70_p90", "Entre P70 et P90"
    P90_P95 = "p90_p95", "Entre P90 et P95"
    P95 = "p95", "Au-delà de P95"


class SpecialiteDeMedecin(models.TextChoices):
    """What a doctor practises; the codes are those of the rule base."""

    MEDECINE_GENERALE = "medecine_generale", "Médecine générale"
    CHIRURGIE = "chirurgie", "Une spécialité chirurgicale"
    ORL = "orl", "Oto-rhino-laryngologie (ORL)"
    GYNECOLOGIE = "gynecologie", "Gynécologie"
    RADIOLOGIE = "radiologie", "Radiologie"
    RADIOTHERAPIE = "radiotherapie", "Radiothérapie"
    STOMATOLOGIE = "stomatologie", "Stomatologie"
    ANESTHESIE = "anesthesie", "Anesthésie"
    ANATOMO_CYTOPATHOLOGIE = "anatomo_cytopathologie", "Anatomo-cytopathologie"
    MEDECINE_NUCLEAIRE = "medecine_nucleaire", "Médecine nucléaire"
    AUTRE = "autre", "Une autre spécialité"


class FiniPar(models.TextChoices):
    """What ended a contract."""

    MEDECIN = "medecin", "Le médecin ou la société"
    CAISSE = "caisse", "La caisse"
    TERME = "terme", "Le terme des cinq ans"
    AUTRE_CONTRAT = "autre_contrat", "Un autre contrat le remplace"


class GenreDePoste(models.TextChoices):
    """What a person, or a post to fill, is for a contract."""

    ASSISTANT = "assistant", "Assistant médical"
    SECRETAIRE = "secretaire_a_remplacer", "Secrétariat à remplacer"
    TUTEUR = "tuteur", "Tutrice ou tuteur"


class QualificationDite(models.TextChoices):
    """What is said of the training of a person whose path Binôme does not follow; empty where nobody said."""

    QUALIFIEE = "qualifiee", "Qualification obtenue"
    EN_FORMATION = "en_formation", "En formation"
    A_FORMER = "a_former", "Pas encore en formation"


class PourvuPar(models.TextChoices):
    """How the time of a promoted secretary was filled again."""

    PERSONNE = "personne", "Une autre personne"
    TELESECRETARIAT = "telesecretariat", "Un secrétariat téléphonique"


class NatureDEvenement(models.TextChoices):
    """What happens to a contract; what each does to years, money and clocks is the rule base's to say."""

    ABSENCE = "absence", "Absence"
    RETOUR = "retour", "Retour"
    VACANCE = "vacance", "Poste sans personne"
    RECRUTEMENT = "recrutement", "Recrutement"
    REMPLACEMENT = "remplacement", "Remplacement par une autre personne"
    SUSPENSION = "suspension", "Suspension"
    REPRISE = "reprise", "Reprise"
    DEMENAGEMENT = "demenagement", "Déménagement du médecin"
    SPECIALITE = "specialite", "Changement de spécialité"
    AVENANT = "avenant", "Avenant"
    ENTREE = "entree", "Entrée d’un médecin"
    SORTIE = "sortie", "Sortie d’un médecin"
    SECRETARIAT = "secretariat", "Secrétariat remplacé"
    QUALIFICATION = "qualification", "Qualification obtenue"
    AFGSU = "afgsu", "AFGSU"
    VERSEMENT = "versement", "Versement reçu"
    FAIT = "fait", "Échéance tenue"
    RECTIFICATION = "rectification", "Rectification"


class EtatDHorloge(models.TextChoices):
    """Whether a duty is still to come."""

    A_VENIR = "a_venir", "À venir"
    FAITE = "faite", "Faite"
    SANS_OBJET = "sans_objet", "Sans objet"


class EtatDeVersement(models.TextChoices):
    """Whether the caisse still owes a payment."""

    ATTENDU = "attendu", "Attendu"
    VERSE = "verse", "Versé"
    SUSPENDU = "suspendu", "Suspendu"
    SANS_OBJET = "sans_objet", "Sans objet"


class DitPar(models.TextChoices):
    """Where the figures of an objective come from."""

    CONTRAT = "contrat", "Le contrat"
    CAISSE = "caisse", "La caisse"
    REGLES = "regles", "Les règles"
