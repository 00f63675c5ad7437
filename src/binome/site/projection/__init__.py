"""What is projected, its score, and what a recommendation would change."""
