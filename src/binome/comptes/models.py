"""People, organisations, and the roles that tie them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from binome.comptes.roles import BRANCHE, CABINET, GENRES, ROLES, SECOND_FACTEUR
from binome.regles.courante import code_par_defaut
from binome.socle.dans_l_ordre import dans_l_ordre

if TYPE_CHECKING:
    from datetime import datetime


class Personnes(BaseUserManager["Personne"]):
    """Finds people by their address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Personne:
        """The person of an address."""
        return self.get(courriel__iexact=username or "")

    def create_user(self, courriel: str, password: str | None = None, **autres: Any) -> Personne:
        """A person who may sign in; without a password, only by invitation or ProConnect."""
        personne = self.model(courriel=courriel.strip().lower(), **autres)
        personne.set_password(password)
        personne.save(using=self._db)
        return personne


class Personne(AbstractBaseUser):
    """A person, known by an address. `exemple` says that they do not exist."""

    courriel = models.EmailField("adresse électronique", max_length=254, unique=True)
    prenom = models.CharField("prénom", max_length=100)
    nom = models.CharField("nom", max_length=100)
    is_active = models.BooleanField("compte ouvert", default=True)
    exemple = models.BooleanField(default=False)
    creee_le = models.DateTimeField(auto_now_add=True)
    generation = models.PositiveIntegerField(default=0)
    """Of their sessions: those opened before it moves are closed."""

    objects: ClassVar[Personnes] = Personnes()
    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["prenom", "nom"]

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="comptes_courriel_minuscule", condition=Q(courriel=Lower("courriel"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}"

    @property
    def sujet(self) -> str:
        """The name under which the journal keeps what is personal to them."""
        return f"personne:{self.pk}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be of this person: it changes with the password and the generation."""
        valeur = f"{self.password}:{self.generation}"
        return salted_hmac(
            "binome.comptes.session", valeur, secret=secret, algorithm="sha256"
        ).hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Folds the address first."""
        self.courriel = self.courriel.strip().lower()
        super().save(*args, **kwargs)


class AdresseQuittee(models.Model):
    """An address that an account had before: who is party to a dossier stays so, whatever their address today."""

    personne = models.ForeignKey(
        Personne, on_delete=models.CASCADE, related_name="adresses_quittees"
    )
    courriel = models.EmailField(max_length=254, db_index=True)
    quittee_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("quittee_le", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["personne", "courriel"], name="comptes_adresse_quittee_une_fois"
            ),
            models.CheckConstraint(
                name="comptes_adresse_quittee_minuscule", condition=Q(courriel=Lower("courriel"))
            ),
        )

    def __str__(self) -> str:
        return f"adresse quittée {self.pk}"


class Organisation(models.Model):
    """A training organisation, a practice, the branch… `exemple` says that it does not exist.

    `identifiant` is a SIRET (14 digits) or an RPPS (11): unique where it is proven. `parrain` is the training
    organisation on whose word alone a practice bears its number: it then follows that one's dossiers only.
    `certification` is what a branch delivers, by its code; empty, the one by default. `contact` is where one answers
    what it writes.
    """

    genre = models.CharField(max_length=12, choices=tuple(GENRES.items()))
    nom = models.CharField(max_length=200)
    identifiant = models.CharField(max_length=14, blank=True)
    parrain = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    certification = models.CharField(max_length=40, blank=True)
    contact = models.EmailField(max_length=254, blank=True)
    exemple = models.BooleanField(default=False)
    creee_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("nom", "pk")
        constraints = (
            models.UniqueConstraint(
                "genre",
                "identifiant",
                condition=~Q(identifiant="") & Q(parrain__isnull=True),
                name="comptes_identifiant_unique",
            ),
            models.UniqueConstraint(
                "parrain",
                "identifiant",
                condition=Q(parrain__isnull=False),
                name="comptes_identifiant_par_parrain",
            ),
            models.CheckConstraint(
                name="comptes_parrain_d_un_cabinet",
                condition=Q(parrain__isnull=True) | (Q(genre=CABINET) & ~Q(identifiant="")),
            ),
            models.CheckConstraint(
                name="comptes_certification_d_une_branche",
                condition=Q(certification="") | Q(genre=BRANCHE),
            ),
            models.CheckConstraint(name="comptes_genre_connu", condition=Q(genre__in=list(GENRES))),
            models.CheckConstraint(
                name="comptes_identifiant_chiffre",
                condition=Q(identifiant__regex=r"^([0-9]{11}|[0-9]{14})?$"),
            ),
        )

    def __str__(self) -> str:
        return self.nom

    @property
    def nom_sur(self) -> str:
        """How a letter names it: never by words that somebody typed in a dossier.

        They would leave under our name, towards an address that the same person chose.
        """
        return self.nom if self.parrain_id is None else f"le cabinet n° {self.identifiant}"

    @property
    def delivre(self) -> str:
        """The certification that a branch delivers, by its code."""
        return self.certification or code_par_defaut()

    @property
    def second_facteur(self) -> bool:
        """Whether its people must prove a second factor."""
        return self.genre in SECOND_FACTEUR


class Appartenance(models.Model):
    """A person's role in an organisation; closed rather than deleted."""

    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="appartenances")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appartenances"
    )
    role = models.CharField(max_length=16, choices=[(un.code, un.mot) for un in ROLES.values()])
    ouverte_le = models.DateTimeField(auto_now_add=True)
    close_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("organisation", "role", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["personne", "organisation", "role"],
                condition=Q(close_le__isnull=True),
                name="comptes_role_une_fois",
            ),
            dans_l_ordre(
                name="comptes_close_apres",
                condition=Q(close_le__isnull=True) | Q(close_le__gte=models.F("ouverte_le")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.personne} · {self.role} · {self.organisation}"


class Invitation(models.Model):
    """A place kept for an address, until it is taken, withdrawn or out of date.

    Only the hash of its token is kept. `dossier` is the reference of the one that a candidate is
    invited to follow, `attache` names what a room above ties the account to (« medecin:12 »);
    otherwise a role in an organisation is offered.
    """

    courriel = models.EmailField(max_length=254)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(max_length=16, blank=True)
    dossier = models.CharField(max_length=20, blank=True)
    attache = models.CharField(max_length=40, blank=True)
    jeton = models.CharField(max_length=64, unique=True)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    envoyee_le = models.DateTimeField(auto_now_add=True)
    expire_le = models.DateTimeField()
    acceptee_le = models.DateTimeField(null=True)
    retiree_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-envoyee_le", "pk")
        constraints = (
            models.CheckConstraint(
                name="comptes_invite_a_quelque_chose",
                condition=(Q(organisation__isnull=False, dossier="", attache="") & ~Q(role=""))
                | (Q(organisation__isnull=True, role="", attache="") & ~Q(dossier=""))
                | (Q(organisation__isnull=True, role="", dossier="") & ~Q(attache="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role or self.dossier or self.attache}"


class Regard(models.Model):
    """Support looking through a person's eyes: for a reason, for a limited time."""

    soutien = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="regards")
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    motif = models.TextField()
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    clos_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-debut", "pk")
        constraints = (
            models.CheckConstraint(name="comptes_regard_motive", condition=~Q(motif="")),
            dans_l_ordre(name="comptes_regard_borne", condition=Q(fin__gt=models.F("debut"))),
            models.CheckConstraint(
                name="comptes_regard_sur_autrui", condition=~Q(soutien=models.F("personne"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.soutien} → {self.personne}"


class Identite(models.Model):
    """A person as ProConnect knows them: by a `sub` that never changes; one a person and issuer."""

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="identites")
    emetteur = models.URLField(max_length=200)
    sub = models.CharField(max_length=255)
    liee_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["emetteur", "sub"], name="comptes_identite_d_une_personne"
            ),
            models.UniqueConstraint(
                fields=["emetteur", "personne"], name="comptes_une_identite_par_personne"
            ),
        )

    def __str__(self) -> str:
        return f"identité {self.pk}"


class Compteur(models.Model):
    """A mark or a counter of the doors, shared by the workers. Its key is covered: it names nobody."""

    cle = models.CharField(max_length=64, primary_key=True)
    nombre = models.IntegerField(default=0)
    valeur = models.TextField(blank=True)
    expire_le = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cle[:8]


class DemandeDeMotDePasse(models.Model):
    """An address that asked for a new password, until the jobs have answered: whether it is known or not."""

    courriel = models.EmailField(max_length=254)
    demande_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "comptes_oubli"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"demande de mot de passe {self.pk}"
