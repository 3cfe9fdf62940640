"""Kept blocks to sentences, sentences to tokens, with exact offsets.

Sentences are nupunkt's, mended where it misses. Tokens are words: NLTK's RegexpTokenizer with one
pattern.
"""

from .cutting import WORD, TokenColumns, token_columns, tokens, words
from .cutting import _words as _words
from .punkt import LONGEST
from .splitting import sentences

__all__ = ["LONGEST", "WORD", "TokenColumns", "sentences", "token_columns", "tokens", "words"]
