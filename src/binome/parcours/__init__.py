"""One person's way to the certificate, from the notified decision to its end: modules and minutes, copied once."""
