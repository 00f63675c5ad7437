"""Where the page images of a document stand, and why it has none."""

from __future__ import annotations

from django.db import models


class EtatDApercu(models.TextChoices):
    """Where the page images of a document stand: the jobs draw them, and a page only shows them."""

    A_DESSINER = "a_dessiner", "À dessiner"
    DESSINE = "dessine", "Dessiné"
    IMPOSSIBLE = "impossible", "Impossible"
    OTE = "ote", "Ôté"


class SansApercu(models.TextChoices):
    """Why a document has no page images, and what to do instead."""

    INTROUVABLE = (
        "introuvable",
        "Le fichier de cette pièce est introuvable ou abîmé. Déposez-le de nouveau.",
    )
    TROP = (
        "trop",
        "Ce document est trop lourd ou trop complexe pour être montré ici. Téléchargez le fichier.",
    )
