"""The indicators: one file each, with its exact definition and how it is measured."""
