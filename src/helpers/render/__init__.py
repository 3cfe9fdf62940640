"""Render a notebook with parameters to a page, and pages to a site. No analysis here."""
