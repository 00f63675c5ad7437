"""The simulator inside other sites: a frame without a cookie, without a script, for the sites that a setting names."""
