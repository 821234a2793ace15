"""Worker processes that train runs and compute sweep cells."""
