"""A repayment schedule: its periods, the methods that fill them, and a schedule changed."""
