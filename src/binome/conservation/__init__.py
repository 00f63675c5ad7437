"""What is kept of people, how long, and how it is exported and erased: a look at what each room holds."""
