"""An enterprise in the library: enrolled, suspended, expired, removed."""
