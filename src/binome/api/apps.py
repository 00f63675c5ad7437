"""The app of the API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Named apart, so that its tables say whose they are."""

    name = "binome.api"
    label = "binome_api"
    verbose_name = "API"
