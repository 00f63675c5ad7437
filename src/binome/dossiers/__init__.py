"""Dossiers: from an application to a decision that holds."""
