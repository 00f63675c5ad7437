"""The pair's booklet: one card a week, what drifts from the trade, and what is shown to a jury."""
