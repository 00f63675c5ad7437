"""What whoever runs the house may set: each setting declared once, and read here alone."""
