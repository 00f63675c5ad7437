"""The network of training organisations: where they train, what the branch agreed with them, until when."""
