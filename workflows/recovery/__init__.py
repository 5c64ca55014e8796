"""What is got back from a debtor after default."""
