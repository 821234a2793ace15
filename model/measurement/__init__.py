"""What is measured of a network: records, histograms, gains, the ledger, theory, saliency."""
