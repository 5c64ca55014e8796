"""Who bears a loss, what a recovery returns, and the conditions around it."""
