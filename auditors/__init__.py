"""Audits that a publisher asks for and that no build runs by itself."""
