"""PostgreSQL, Redis and our own processes on one machine, without a server, Docker or root."""
