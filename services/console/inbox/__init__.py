"""What waits for the seat: proposals to confirm, and acts open to it."""
