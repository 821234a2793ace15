"""Many runs: axes, grids, repeats, statistics, results, and a Dask cluster to compute them."""
