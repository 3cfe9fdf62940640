"""From a notebook and its parameters to a page, and from pages to a site. Nothing is analysed here."""
