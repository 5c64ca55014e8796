"""A loan product of a bank: reviewed, published, suspended, closed."""
