"""A test app: what a room needs to have a flow."""
