"""Who opened whose dossier: written beside the database as one reads, then brought into it by the jobs."""
