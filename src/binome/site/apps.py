"""The app of the public pages."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Named apart from `django.contrib.sites`."""

    name = "binome.site"
    label = "binome_site"
    verbose_name = "Site public"
