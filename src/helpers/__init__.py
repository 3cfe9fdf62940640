"""The packages of Framing Notebooks, from files to reports; data/README.md describes what they
exchange."""

__version__ = "0.1.0"
