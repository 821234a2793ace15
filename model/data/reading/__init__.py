"""Reading of data sets as people have them: folders, archives, IDX, NumPy and CSV files, found by role."""
