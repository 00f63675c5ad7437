"""Dossiers that come in from outside: strict JSON, tables of many, and their decision in one go."""
