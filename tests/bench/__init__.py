"""What the bench hands to the engines that it times."""
