"""Tests of the files to take away with each format's own library."""
