"""The page of one experiment or two over several seeds."""
