"""Documents made from the code itself; written by `make generated`, kept fresh by a test."""
