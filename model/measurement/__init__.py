"""Measurement of a network: records, histograms, gains, the ledger, theory, saliency."""
