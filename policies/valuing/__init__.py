"""What an IP right is worth, and how much may be lent on it."""
