"""Files exchanged: the columns that both sides know, the template, the file that comes in or goes out, and its proof."""
