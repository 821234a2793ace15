"""Map page: a grid of short runs over two settings."""
