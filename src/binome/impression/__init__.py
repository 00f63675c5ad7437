"""Answers on paper: the PDF of a positioning, fit to hand to an employer.

Pure: data goes to the template as JSON, and the page is laid out by Typst with the fonts kept here.
"""
