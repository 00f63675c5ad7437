"""What the pages say of mails."""
