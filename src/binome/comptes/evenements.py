"""What the journal says of people, organisations and roles."""

from __future__ import annotations

from typing import Final

from binome.journal.catalogue import Evenement

EVENEMENTS: Final = (
    Evenement("personne.creee", "Un compte est ouvert."),
    Evenement("adresse.changee", "Un compte change d’adresse."),
    Evenement("invitation.suivie", "Une place gardée suit la personne à sa nouvelle adresse."),
    Evenement("sessions.closes", "Toutes les sessions d’une personne sont fermées."),
    Evenement("facteurs.retires", "Les seconds facteurs d’une personne qui les a perdus sont retirés."),
    Evenement("identite.liee", "Une identité ProConnect ouvre maintenant un compte."),
    Evenement("organisation.creee", "Une organisation est inscrite."),
    Evenement("organisation.contact", "L’adresse où répondre à une organisation change."),
    Evenement("organisation.confirmee", "Qui répond pour un cabinet est vérifié."),
    Evenement("role.donne", "Une personne reçoit un rôle dans une organisation."),
    Evenement("role.retire", "Une personne quitte un rôle."),
    Evenement("invitation.envoyee", "Une place est gardée à une adresse, et un courriel part."),
    Evenement("invitation.acceptee", "La place est prise."),
    Evenement("invitation.retiree", "L’invitation est retirée avant d’être prise."),
    Evenement("regard.ouvert", "L’aide aux utilisateurs regarde à la place d’une personne."),
    Evenement("regard.clos", "Ce regard est terminé."),
)  # fmt: skip
