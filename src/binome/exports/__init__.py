"""The whole of one's dossiers as a spreadsheet, a text table, or an archive with the documents."""
