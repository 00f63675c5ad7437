"""What the branch writes about a dossier: its decision sealed, the news of it, and reminders until things are done."""
