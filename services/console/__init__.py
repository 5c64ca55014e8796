"""Pages for people: the loans of a world, one loan's story, health of the platform."""
