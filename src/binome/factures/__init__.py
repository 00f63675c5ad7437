"""The money of a training once its months are accepted: invoices and credit notes, expenses, what a trainee advanced, payments."""
