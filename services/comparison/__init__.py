"""One default under every policy: assessed, compared, replayed over a book, and drawn."""
