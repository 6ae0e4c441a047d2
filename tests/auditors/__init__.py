"""Tests of the audits that no build runs by itself."""
