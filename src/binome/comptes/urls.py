"""The addresses of accounts."""

from __future__ import annotations

from django.contrib.auth import views
from django.urls import path

urlpatterns = [
    path(
        "connexion/",
        views.LoginView.as_view(template_name="compte/connexion.html"),
        name="connexion",
    ),
    path("deconnexion/", views.LogoutView.as_view(next_page="/"), name="deconnexion"),
]
