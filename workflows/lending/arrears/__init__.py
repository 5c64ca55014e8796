"""What is late: arrears of instalments on a day, of many loans at once, and replayed."""
