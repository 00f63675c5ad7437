"""What a branch writes once for all its letters: its header, its contact, its signature, how to appeal and until when."""
