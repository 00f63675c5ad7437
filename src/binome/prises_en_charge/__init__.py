"""What a payer agreed for a path, what each month proves of it, and the certificates that say so."""
