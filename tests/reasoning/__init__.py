"""Tests of the exact reasoning."""
