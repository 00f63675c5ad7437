"""Binôme: the platform of the French assistant médical scheme."""

__version__ = "0.2.0"
