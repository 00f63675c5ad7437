"""The read trace as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class LecturesConfig(AppConfig):
    """What was opened, by whom, when; apart from the journal of what was changed."""

    name = "binome.lectures"
    label = "lectures"
    verbose_name = "Lectures"
