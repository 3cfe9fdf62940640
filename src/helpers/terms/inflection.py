"""Forms of English words, from lemminflect's tables and rules: nothing is fetched."""

from __future__ import annotations

from functools import cache

KINDS = ("NOUN", "VERB", "ADJ")
TALL = 12  # forms of one word that are kept: English has fewer
LETTERS = 40


@cache
def word_forms(word: str) -> tuple[str, ...]:
    """Give the forms of a word, the word itself left out: plural, tenses, comparison; sorted.

    word     one word in any of its forms, any case
    returns  nothing for what is no word of letters; for a word that the tables do not know, those
             of its kin are
             not guessed

    Method: lemminflect 0.2 (tables of the NIH Specialist Lexicon), the lemma of each part of
    speech, then its forms.
    """
    bare = word.lower()
    if not bare.isalpha() or not bare.isascii() or len(bare) > LETTERS:
        return ()
    from lemminflect import getAllInflections, getAllLemmas

    lemmas = {lemma for kind in KINDS for lemma in getAllLemmas(bare, upos=kind).get(kind, ())}
    found = {
        form.lower()
        for lemma in lemmas
        for kind in KINDS
        for spelled in getAllInflections(lemma, upos=kind).values()
        for form in spelled
    }
    return tuple(
        sorted(f for f in found | {lemma.lower() for lemma in lemmas} if f.isalpha() and f != bare)[
            :TALL
        ]
    )
