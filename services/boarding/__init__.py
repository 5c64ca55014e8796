"""How an existing loan book comes onto the platform: read, judge, plan, command, report."""
