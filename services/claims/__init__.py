"""Claims on the fund, and recovery after compensation."""
