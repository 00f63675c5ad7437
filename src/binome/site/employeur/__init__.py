"""Becoming an employer, step by step: from « shall I » to the first day and after."""
