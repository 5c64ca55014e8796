"""From TOML to a policy of a day: files, catalogue, checks, packs."""
