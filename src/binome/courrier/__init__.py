"""Mails: an outbox, what there is to tell people gathered once a day, and the jobs that send."""
