"""Tests of the training organisations."""
