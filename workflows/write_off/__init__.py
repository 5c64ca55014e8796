"""A bank's write-off of a loan: proposed on a ground, reviewed, approved, booked."""
