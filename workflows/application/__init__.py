"""A firm's application for a loan, from draft to contract."""
