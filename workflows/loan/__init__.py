"""A loan from approval to settlement or write-off."""
