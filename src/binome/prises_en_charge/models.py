"""Agreements of payers, their documents, what each month proves of them, the certificates that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.parcours.models import Parcours
from binome.prises_en_charge.bareme_modeles import BaremeDuPayeur, EnveloppeDuPayeur
from binome.prises_en_charge.compter import engage
from binome.prises_en_charge.conge_modeles import JoursDeConge
from binome.prises_en_charge.document_modele import DocumentDePriseEnCharge
from binome.prises_en_charge.etats import (
    EN_VIGUEUR,
    OUVERTES,
    TENUES,
    EtatDeCertificat,
    EtatDePriseEnCharge,
    EtatDUnEtatDeService,
    RaisonDeRenvoi,
    VoieDePaiement,
)
from binome.prises_en_charge.garde_fous import TAUX_AU_PLUS
from binome.regles.calendrier import mois_en_clair
from binome.socle.contraintes import parmi
from binome.socle.dans_l_ordre import dans_l_ordre

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = (
    "BaremeDuPayeur",
    "CertificatDeRealisation",
    "DocumentDePriseEnCharge",
    "EnveloppeDuPayeur",
    "EtatDeService",
    "JoursDeConge",
    "PriseEnCharge",
)


class PriseEnCharge(Suivi):
    """What one payer is asked, then agrees, for one path, by one route; an amendment is another row, of the next `rang`.

    `premiere` is the first of its versions, None for that one itself. `depuis` is the first month that this version pays, as its first
    day. The payer is an organisation of Binôme, or `autre_payeur` in words. Minutes; cents; `debut` and `fin` are both
    included; `annee` is that of `debut`, whose funds it takes. What was asked stays beside what was agreed; `engage_cents` is the most that the agreement may cost, wages included. `base` and `comparaison` are the rule base by which the request was costed, and
    its answer; `ecart` why it asks for something else. `subrogation`: the payer pays the organisation itself.
    `avec_evaluations`: the payer said that it pays the hours of épreuves, which no source tells. `essai`: figures of a made-up world.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDePriseEnCharge.choices, default=EtatDePriseEnCharge.PREPAREE
    )
    parcours = models.ForeignKey(
        Parcours, on_delete=models.PROTECT, related_name="prises_en_charge"
    )
    organisme = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="prises_en_charge"
    )
    payeur = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="prises_en_charge_payees"
    )
    autre_payeur = models.CharField(max_length=200, blank=True)
    voie = models.CharField(max_length=30, choices=VoieDePaiement.choices)
    premiere = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="avenants"
    )
    rang = models.PositiveSmallIntegerField(default=1)
    depuis: models.DateField[date, date] = models.DateField()
    employeur = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    employeur_identifiant = models.CharField(max_length=14, blank=True)
    subrogation = models.BooleanField(default=True)
    debut: models.DateField[date, date] = models.DateField()
    fin: models.DateField[date, date] = models.DateField()
    annee = models.PositiveSmallIntegerField()
    minutes_demandees = models.PositiveIntegerField()
    taux_demande_cents = models.PositiveIntegerField()
    salaire_demande_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    plafond_demande_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    minutes_accordees: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    taux_horaire_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    taux_salaire_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    plafond_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    engage_cents: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    avec_evaluations = models.BooleanField(default=False)
    bareme = models.ForeignKey(
        BaremeDuPayeur, null=True, on_delete=models.PROTECT, related_name="prises_en_charge"
    )
    base = models.CharField(max_length=80, blank=True)
    comparaison = models.JSONField(default=dict)
    ecart = models.CharField(max_length=500, blank=True)
    numero_d_accord = models.CharField(max_length=60, blank=True)
    motif = models.CharField(max_length=500, blank=True)
    preparee_le = models.DateTimeField()
    demandee_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    repondue_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    repondue_par = models.ForeignKey(
        Personne, null=True, on_delete=models.PROTECT, related_name="+"
    )
    essai = models.BooleanField(default=False)

    class Meta:
        ordering = ("-preparee_le", "-pk")
        verbose_name = "prise en charge"
        verbose_name_plural = "prises en charge"
        indexes = (
            models.Index(
                fields=["organisme", "etat", "-preparee_le"], name="prises_de_l_organisme"
            ),
            models.Index(fields=["payeur", "etat", "-preparee_le"], name="prises_du_payeur"),
            models.Index(fields=["parcours", "etat"], name="prises_du_parcours"),
            models.Index(
                fields=["payeur", "etat", "annee", "voie", "bareme", "engage_cents"],
                name="prises_des_fonds",
            ),
        )
        constraints = (
            parmi("etat", EtatDePriseEnCharge),
            parmi("voie", VoieDePaiement),
            models.CheckConstraint(
                name="prises_un_seul_payeur",
                condition=Q(payeur__isnull=False, autre_payeur="")
                | Q(payeur__isnull=True) & ~Q(autre_payeur=""),
            ),
            models.CheckConstraint(
                name="prises_la_premiere_ou_un_avenant",
                condition=Q(premiere__isnull=True, rang=1) | Q(premiere__isnull=False, rang__gt=1),
            ),
            models.UniqueConstraint(fields=["premiere", "rang"], name="prises_un_avenant_un_rang"),
            models.UniqueConstraint(
                fields=["premiere"],
                condition=Q(etat__in=OUVERTES),
                name="prises_un_avenant_a_la_fois",
            ),
            *(
                models.UniqueConstraint(
                    fields=["parcours", champ, "voie"],
                    condition=Q(premiere__isnull=True, etat__in=(*OUVERTES, *TENUES))
                    & (Q(payeur__isnull=False) if champ == "payeur" else Q(payeur__isnull=True)),
                    name=f"prises_une_par_{champ}",
                )
                for champ in ("payeur", "autre_payeur")
            ),
            models.CheckConstraint(
                name="prises_depuis_un_mois", condition=Q(depuis__day=1, depuis__lte=F("fin"))
            ),
            models.CheckConstraint(
                name="prises_dans_l_ordre_des_jours",
                condition=Q(debut__lte=F("fin"), debut__year=F("annee")),
            ),
            models.CheckConstraint(
                name="prises_quelque_chose_est_demande",
                condition=Q(
                    minutes_demandees__gte=1,
                    taux_demande_cents__gte=1,
                    taux_demande_cents__lte=TAUX_AU_PLUS,
                ),
            ),
            models.CheckConstraint(
                name="prises_accordees_en_entier",
                condition=~Q(etat__in=TENUES)
                | Q(
                    minutes_accordees__gte=1,
                    minutes_accordees__lte=F("minutes_demandees"),
                    taux_horaire_cents__gte=1,
                    taux_horaire_cents__lte=TAUX_AU_PLUS,
                    repondue_le__isnull=False,
                )
                & ~Q(numero_d_accord=""),
            ),
            models.CheckConstraint(
                name="prises_refus_motive",
                condition=~Q(etat=EtatDePriseEnCharge.REFUSEE)
                | Q(repondue_le__isnull=False) & ~Q(motif=""),
            ),
            models.CheckConstraint(
                name="prises_salaire_mesure",
                condition=Q(taux_salaire_cents__isnull=True)
                | Q(taux_salaire_cents__lte=TAUX_AU_PLUS),
            ),
            models.CheckConstraint(
                name="prises_demandees_le_jour_dit",
                condition=Q(etat__in=(EtatDePriseEnCharge.PREPAREE, EtatDePriseEnCharge.RETIREE))
                | Q(demandee_le__isnull=False),
            ),
            dans_l_ordre(
                name="prises_repondues_apres",
                condition=Q(repondue_le__isnull=True) | Q(repondue_le__gte=F("demandee_le")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.parcours.dossier.personne} · {self.get_voie_display()}"

    @property
    def demande_cents(self) -> int | None:
        """The most that the request may cost, in cents, wages included; None for an amendment, which counts what was paid before it."""
        if self.premiere_id is not None:
            return None
        return engage(
            self.minutes_demandees,
            self.taux_demande_cents,
            self.plafond_demande_cents,
            self.salaire_demande_cents,
        )

    @property
    def nom_du_payeur(self) -> str:
        """Who pays, in words."""
        return self.autre_payeur if self.payeur is None else self.payeur.nom

    @property
    def chaine(self) -> int:
        """The number of the first of its versions."""
        return self.premiere_id or self.pk

    @property
    def sujet(self) -> str:
        """Whose key keeps what is typed of it: its own."""
        return self.objet


class EtatDeService(Suivi):
    """The minutes of a month that frozen slots prove, for one agreement; corrected, another `remplace` it, and it stays.

    `mois` is its first day. `minutes_d_evaluation` are those of épreuves, counted in `minutes_prouvees`. `minutes_payables`
    are those that the agreement still pays, `montant_cents` what the payer owes for them, `salaire_cents` what it owes the employer, None where it pays none.
    `detail` is the slots, each with its minutes: `[number, minutes]`, in their order; `empreinte` its SHA-256.
    `payeur` is the agreement's, and `ecarts` how many checks it did not pass when they were last made: lists are in their order. `raison` says why it was sent back.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDUnEtatDeService.choices, default=EtatDUnEtatDeService.ETABLI
    )
    prise_en_charge = models.ForeignKey(
        PriseEnCharge, on_delete=models.PROTECT, related_name="etats_de_service"
    )
    payeur = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    mois: models.DateField[date, date] = models.DateField()
    minutes_prouvees = models.PositiveIntegerField()
    minutes_d_evaluation = models.PositiveIntegerField(default=0)
    minutes_payables = models.PositiveIntegerField()
    montant_cents = models.PositiveIntegerField()
    salaire_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    detail = models.JSONField(default=list)
    empreinte = models.CharField(max_length=64)
    ecarts = models.PositiveSmallIntegerField(default=0)
    remplace = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="remplacant"
    )
    etabli_le = models.DateTimeField()
    repondu_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    repondu_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    raison = models.CharField(max_length=12, blank=True, choices=RaisonDeRenvoi.choices)

    class Meta:
        ordering = ("-mois", "-pk")
        verbose_name = "état de service"
        verbose_name_plural = "états de service"
        indexes = (
            models.Index(fields=["prise_en_charge", "mois"], name="etats_de_la_prise"),
            models.Index(fields=["payeur", "etat", "ecarts", "mois", "id"], name="etats_du_payeur"),
        )
        constraints = (
            parmi("etat", EtatDUnEtatDeService),
            models.UniqueConstraint(
                fields=["prise_en_charge", "mois"],
                condition=Q(etat__in=EN_VIGUEUR),
                name="etats_un_par_mois",
            ),
            models.CheckConstraint(name="etats_d_un_mois", condition=Q(mois__day=1)),
            models.CheckConstraint(
                name="etats_jamais_plus_que_prouve",
                condition=Q(
                    minutes_payables__lte=F("minutes_prouvees"),
                    minutes_d_evaluation__lte=F("minutes_prouvees"),
                ),
            ),
            models.CheckConstraint(
                name="etats_rien_sans_minutes",
                condition=Q(minutes_payables__gt=0) | Q(montant_cents=0),
            ),
            models.CheckConstraint(
                name="etats_renvoi_motive",
                condition=Q(etat=EtatDUnEtatDeService.RENVOYE, raison__in=RaisonDeRenvoi.values)
                | ~Q(etat=EtatDUnEtatDeService.RENVOYE) & Q(raison=""),
            ),
            models.CheckConstraint(
                name="etats_acceptes_le_jour_dit",
                condition=~Q(etat__in=(EtatDUnEtatDeService.ACCEPTE, EtatDUnEtatDeService.RENVOYE))
                | Q(repondu_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{mois_en_clair(self.mois)} · {self.prise_en_charge}"


class CertificatDeRealisation(Suivi):
    """What an organisation certifies was done in a month, sealed; `contenu` what it says of the action, `titulaire` of the person.

    It stays, `remplace`, when the month was said again. `fichier` is the sealed paper on its shelf, `empreinte` its SHA-256; both empty until it is sealed.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeCertificat.choices, default=EtatDeCertificat.DELIVRE
    )
    etat_de_service = models.ForeignKey(
        EtatDeService, on_delete=models.PROTECT, related_name="certificats"
    )
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date, date] = models.DateField()
    minutes = models.PositiveIntegerField()
    contenu = models.JSONField(default=dict)
    titulaire = models.JSONField(default=dict)
    delivre_le: models.DateField[date, date] = models.DateField()
    delivre_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    essai = models.BooleanField(default=False)
    fichier = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    scelle_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-delivre_le", "-pk")
        verbose_name = "certificat de réalisation"
        verbose_name_plural = "certificats de réalisation"
        constraints = (
            parmi("etat", EtatDeCertificat),
            models.UniqueConstraint(
                fields=["etat_de_service"],
                condition=Q(etat=EtatDeCertificat.DELIVRE),
                name="certificats_un_par_etat",
            ),
            models.CheckConstraint(
                name="certificats_dans_l_ordre", condition=Q(du__lte=F("au"), minutes__gte=1)
            ),
            models.CheckConstraint(
                name="certificats_un_papier_a_son_empreinte",
                condition=Q(fichier="", empreinte="", scelle_le__isnull=True)
                | ~Q(fichier="") & ~Q(empreinte="") & Q(scelle_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"certificat de réalisation {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet
