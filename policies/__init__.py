"""What the ten cases say: dated, cited, graded parameters and small pure mechanisms."""
