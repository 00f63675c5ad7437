"""What the branch and the organisation write to each other about a dossier, and what the branch notes for itself."""
