"""The employer's contract: five years of aid and duties on one page."""
