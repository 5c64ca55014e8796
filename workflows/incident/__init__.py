"""An incident of security: who was refused, and what they tried."""
