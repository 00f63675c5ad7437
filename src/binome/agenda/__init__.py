"""The calendar of a training path: training days, school and bank holidays, and its `.ics` file.

Pure: stands on the rule base only, for its reading of YAML and its register of sources.
"""
