"""What is delivered in the end: parchemins, attestations, badges, and the page where a stranger checks one."""
