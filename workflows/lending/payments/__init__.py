"""What a payment does: which debt it meets first, and where more than is due goes."""
