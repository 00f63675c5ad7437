"""A national set of made-up dossiers, calibrated on published figures."""
