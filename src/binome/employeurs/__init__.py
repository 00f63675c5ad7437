"""Who employs the candidate of a dossier: tied to it, their share of time said, the last day of a job."""
