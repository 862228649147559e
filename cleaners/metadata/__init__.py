"""Metadata: title, author, date, site and language."""
