"""The pages of the booklet."""
