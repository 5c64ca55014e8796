"""The web application: its composition, and what stands around every page and answer."""
