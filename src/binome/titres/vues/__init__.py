"""The pages of the room: those of members, and that where anybody verifies a title."""
