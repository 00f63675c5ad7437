"""The same client and folder as the API's tests."""

from tests.api.conftest import client, dossier_des_lots

__all__ = ["client", "dossier_des_lots"]
