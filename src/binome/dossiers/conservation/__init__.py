"""What is kept of people, how long, what they may take away, and how it is erased."""
