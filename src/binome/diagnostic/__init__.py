"""The house looked at by whoever runs it: what is measured, and what is in order or asks for something."""
