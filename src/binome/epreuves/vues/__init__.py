"""The pages of épreuves."""
