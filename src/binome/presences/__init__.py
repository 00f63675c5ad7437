"""Presence in the slots of sessions: who signed, when and how, and the minutes that are proven."""
