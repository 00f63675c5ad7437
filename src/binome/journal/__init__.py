"""The journal: every change, by whom, why, before and after, in a chain that cannot be rewritten."""
