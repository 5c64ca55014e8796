"""The filing of a loan with the programme, by which it is covered."""
