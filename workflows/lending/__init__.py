"""The arithmetic of lending: days, interest, schedules, allocation, arrears. Knows no noun."""
