"""`zhidai policy`: what a case says."""
