"""Days and months: which part of a year lies between two days, and when instalments fall due."""
