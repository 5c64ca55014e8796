"""IP rights and the pledges that rest on them."""
