"""Opens a corpus: its tables as DataFrames, each read when first used, each row with its article's
columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import agency, engine, ledger, measure, story, study, terms
from helpers.data import about, display, proposing, recurring
from helpers.data.event import Event
from helpers.ledger import KEPT, OWN, VOICES
from helpers.voices.introduced import introduced

if TYPE_CHECKING:
    from helpers.ledger import Ledger
    from helpers.terms import Lexicon

MANY = 200_000
"""Rows from which on a frame has no column of text: it would not fit into memory."""

MOST_WORDS = 5
"""Words of a speaker or cue that are kept where no text may be shown."""


def open_corpus(
    corpus: str | Path,
    lexicons: Iterable[str | Path] = (),
    *,
    outlets: Sequence[str] = (),
    since: str = "",
    until: str = "",
    groups: str = "",
    evidence: str = "sentences",
    columns: dict[str, str] | None = None,
) -> Corpus:
    """Open a corpus for a notebook; its tables are made first where they are missing or stale.

    corpus    folder of articles, or of a ledger that `framing annotate` wrote; relative to the
              project
    lexicons  lexicon files whose entries become `hits`; each has a table of its own on disk, so
              that notebooks with other lexicons are not disturbed
    outlets   names of outlets to keep; none: all
    since     first day, such as "2031-03-01"; until: last day; articles without a day are left out
              where one is given
    groups    CSV file with the columns outlet, name (what to call it) and others, by which to group
    evidence  "sentences"; with "locations" no frame holds text of an article
    columns   names of columns in the corpus's tables: {"text": "body"}
    raises    ValueError if there is no such folder or outlet, or a lexicon or day cannot be read

    Example: news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])

    >>> lexicons = ["data/lexicons/loaded-terms.yml"]
    >>> news = open_corpus("data/raw/demo", lexicons, outlets=["Daily Beacon"])
    >>> news.articles["outlet"].unique().tolist(), "term" in news.hits
    (['Daily Beacon'], True)
    """
    paths = [study.root() / path for path in lexicons]
    tables = engine.open_ledger(corpus, paths, columns)
    articles = tables.read("articles", [n for n in ledger.schema("articles").names if n != "text"])
    articles = about.with_dates(about.with_docvars(articles))
    if groups:
        articles = about.with_groups(articles, study.root() / groups)
    some = about.within(about.of_outlets(articles, outlets), since, until)
    opened = Corpus(tables, some, len(articles), [terms.load(p) for p in paths], evidence)
    _opened.append(opened)
    return opened


_opened: list[Corpus] = []


def current() -> Corpus | None:
    """Return the corpus opened last, by which `show` finds what figures lead to; None before one is
    opened.

    >>> news = open_corpus("data/raw/demo")
    >>> current() is news
    True
    """
    return _opened[-1] if _opened else None


class Corpus:
    """The DataFrames of a corpus. Each row has the columns of its article: outlet, published,
    month, year, and every further column of the catalogue.

    articles   one row per article, with title, author, url …, and words
    words      one row per article, voice and speaker: how many words
    hits       one row per hit of a lexicon: voice, own, speaker, category, entry, term, sentence
    quotes     one row per quotation, reported clause, or stretch of an interview
    sentences  one row per sentence: voice, own, words, text
    blocks     one row per paragraph or line of the page: role, reason, kept
    marks      one row per insertion, ellipsis, note or unbalanced mark
    """

    def __init__(
        self,
        tables: Ledger,
        articles: pd.DataFrame,
        total: int,
        lexicons: list[Lexicon],
        evidence: str,
    ):
        self.ledger = tables
        self.lexicons = lexicons
        self.evidence = evidence
        self.total = total
        self._articles = articles.drop(columns=["corpus", "sha256"], errors="ignore").reset_index(
            drop=True
        )
        self._ids = set(self._articles["article_id"])
        self._searched: dict[tuple[str, ...], pd.DataFrame] = {}

    @cached_property
    def about(self) -> pd.DataFrame:
        """article_id and the columns that every row of the other frames has too."""
        return self._articles.drop(columns=[c for c in about.LONG if c in self._articles])

    @cached_property
    def articles(self) -> pd.DataFrame:
        words = self.words.groupby("article_id")["words"].sum()
        counted = self._articles["article_id"].map(words).fillna(0).astype(int)
        return self._articles.assign(words=counted)

    @cached_property
    def words(self) -> pd.DataFrame:
        rows = self._rows("voices", ["article_id", "voice", "speaker", "words"])
        keys = ["article_id", "voice", "speaker"]
        rows["speaker"] = self._brief(rows["speaker"].fillna(""))
        sums = rows[rows["words"] > 0].groupby(keys, as_index=False, sort=True)["words"].sum()
        sums.insert(2, "own", sums["voice"].isin(OWN))
        return self._known(sums)

    @cached_property
    def hits(self) -> pd.DataFrame:
        rows = self._rows("hits")
        kinds = {lexicon.name: lexicon.kind for lexicon in self.lexicons}
        labels = {k: v for lexicon in self.lexicons for k, v in lexicon.labels().items()}
        # a frame is known by its name, a naming choice and a kind of loaded term by what it means
        names = {
            c.name: c.label or c.name
            for lexicon in self.lexicons
            if lexicon.kind != "frame"
            for c in lexicon.groups
        }
        keys = zip(rows["category"], rows["entry"], strict=True)
        rows = rows.assign(
            kind=rows["lexicon"].map(kinds),
            own=rows["voice"].isin(OWN),
            term=[labels.get(key) or key[1] for key in keys],
        )
        rows["category"] = rows["category"].map(lambda name: names.get(name) or name)
        return self._finished(rows)

    def _finished(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Hits with their sentence and their article's columns, in the order of reading."""
        rows = rows.assign(speaker=self._brief(rows["speaker"].fillna("")))
        first = ["article_id", "start", "end", "lexicon", "kind", "category", "entry", "term"]
        first += ["match", "voice", "own", "speaker", "negated", "sentence_id"]
        rows = self._sentence_text(rows[first])
        return self._known(rows)

    @cached_property
    def quotes(self) -> pd.DataFrame:
        rows = self._rows("quotes").drop(columns="quote_id")
        turns = self._rows("voices")
        turns = turns[turns["voice"] == "interviewee"].drop(columns="voice")
        named = turns["speaker"].fillna("") != ""
        turns = turns.assign(
            kind="interview",
            speaker_type=named.map({True: "person", False: "unattributed"}),
            cue="",
            rule="turn of an interview",
        )
        rows = pd.concat([rows, turns], ignore_index=True) if len(turns) else rows
        rows = rows.assign(speaker=rows["speaker"].fillna(""), cue=rows["cue"].fillna(""))
        for i, column in enumerate(("group", "verb", "negated")):
            rows[column] = [introduced(cue)[i] for cue in rows["cue"]]
        rows.loc[rows["kind"] == "interview", "group"] = "interview"
        rows = rows.assign(speaker=self._brief(rows["speaker"]), cue=self._brief(rows["cue"]))
        return self._known(self._text(rows))

    @cached_property
    def sentences(self) -> pd.DataFrame:
        return self._known(self._text(self._rows("sentences").drop(columns="block_id")))

    @cached_property
    def blocks(self) -> pd.DataFrame:
        rows = self._rows("blocks")
        rows = rows.assign(kept=rows["role"].isin(KEPT), characters=rows["end"] - rows["start"])
        return self._known(self._text(rows))

    @cached_property
    def marks(self) -> pd.DataFrame:
        rows = self._rows("marks")
        quotes = self.ledger.read("quotes", ["article_id", "quote_id", "speaker"])
        rows = rows.merge(quotes, on=["article_id", "quote_id"], how="left")
        rows["speaker"] = self._brief(rows["speaker"].fillna(""))
        return self._known(self._text(rows))

    @cached_property
    def intake(self) -> pd.DataFrame:
        return self.ledger.intake

    @cached_property
    def failures(self) -> pd.DataFrame:
        return self.ledger.failures

    def search(self, wanted: Iterable[str]) -> pd.DataFrame:
        """Return a row for each place where one of some words stands, with the columns of `hits`.

        wanted  words or phrases; * stands for any ending: ["ceasefire", "attack*"]
        raises  ValueError if one of them is no pattern
        """
        key = tuple(dict.fromkeys(wanted))
        if key not in self._searched:
            lexicon = terms.targets(key, "search")
            rows = agency.scan(self.ledger, self._articles, [lexicon]).hits
            rows = rows.assign(kind="search", own=rows["voice"].isin(OWN), term=rows["entry"])
            self._searched[key] = self._finished(rows)
        return self._searched[key]

    def find(self, wanted: str) -> pd.DataFrame:
        """Return the hits of what you type, with the columns of `hits`.

        wanted  a word or a phrase, * for the rest of a word; several separated by commas. An entry
                of a lexicon is counted as the lexicon counts it, anything else as it is typed
        raises  ValueError if it is no pattern
        """
        return proposing.find(self, wanted)[0]

    def concordance(self, hits: pd.DataFrame, window: int = 12) -> pd.DataFrame:
        """Return hits with the words around them (KWIC), ordered by outlet and article.

        hits     rows of `hits`, or of `find`
        window   words before and after, never past the paragraph
        returns  the rows of hits with before, match and after; these are empty where no text may be
                 shown
        """
        return proposing.concordance(self, hits, window)

    def candidates(
        self, hits: pd.DataFrame, *, window: int = 5, most: int = 15, least: int = 3, seed: int = 20
    ) -> pd.DataFrame:
        """Return candidates for a lexicon: words that lean to an outlet, stand near some hits, or
        are forms of an entry, and are in no entry yet.

        hits     whose company counts
        window   words to each side that are company
        most     candidates returned; least: how often one must occur
        returns  entry, category (empty: a person fills it), count, articles, forms, why
        """
        return proposing.around(self, hits, window=window, most=most, least=least, seed=seed)

    def loaded_candidates(
        self, *, most: int = 15, least: int = 3, uses: int = 3000
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return words of the outlets' own voice that no lexicon has, those first that readers are
        most likely to mark as loaded, and where each of their uses is. They are candidates to be
        read, no score of an outlet.

        most     candidates returned; least: how often one must occur
        uses     uses that are read at most, of the words that are likeliest by themselves
        returns  entry, category (empty: a person fills it), score (0 to 1), count, articles; and
                 their uses: entry, article_id, start, end, score, and the article's columns
        """
        return proposing.loaded(self, most=most, least=least, uses=uses)

    def with_measured(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table of terms with how precise each was found to be, as its lexicon says.

        table    any rows with the column term
        returns  the same rows with measured: "used so 19 of 20, marked 2 of 9", empty where nobody
                 measured it; the lexicon's note says on what
        """
        said = terms.measured(self.lexicons)
        return table.assign(measured=table["term"].map(said).fillna(""))

    def sentences_at(self, places: pd.DataFrame) -> pd.DataFrame:
        """Return the sentences in which some places are, each once: article_id, start, end, text.

        places  article_id and start
        """
        columns = ["article_id", "start", "end"]
        rows = self.ledger.of(set(places["article_id"]), "sentences", columns)
        kinds = {"article_id": object, "start": "int64"}
        at = places[["article_id", "start"]].astype(kinds).sort_values("start")
        held = pd.merge_asof(
            at.rename(columns={"start": "_place"}),
            rows.astype(kinds).sort_values("start", kind="stable"),
            left_on="_place",
            right_on="start",
            by="article_id",
        ).dropna(subset="start")
        held = held[held["_place"] < held["end"]].drop(columns="_place").drop_duplicates()
        held = held.astype({"start": "int64", "end": "int64"})
        held = held.sort_values(["article_id", "start"], ignore_index=True)
        texts = self.texts(held["article_id"])
        spans = zip(held["article_id"], held["start"], held["end"], strict=True)
        return held.assign(text=[texts[a][s:e] for a, s, e in spans])

    def acts(self, violence: str | Path, parties: Sequence[str] = ()) -> pd.DataFrame:
        """Return a row for each act of violence that is told: its form, who does it, and to whom.

        violence  the lexicon of words for violence, data/lexicons/violence.yml
        parties   names looked for among those who act and those acted upon
        returns   article_id, start, end, form, unnamed (nobody is named as the doer), entry, voice,
                  own, doer and done_to (the parties named there), and the places of the words for
                  both
        """
        lexicon = terms.load(study.root() / violence)
        targets = terms.targets(parties, "parties")
        found = agency.scan(self.ledger, self._articles, [targets] if parties else [], lexicon)
        rows = found.acts
        rows = rows.assign(unnamed=rows["form"].isin(agency.UNNAMED), own=rows["voice"].isin(OWN))
        for column in ("doer", "done_to"):
            named = terms.inside(rows, f"{column}_start", f"{column}_end", found.hits)
            rows[column] = [", ".join(sorted(names)) for names in named]
        return self._known(rows)

    def without(self, articles: Iterable[str]) -> Corpus:
        """Return the corpus without some articles; everything that is read from it follows.

        articles  article_ids, such as those of reprints
        """
        gone = set(articles)
        rows = self._articles[~self._articles["article_id"].isin(gone)]
        return self._with(rows)

    def assign(self, **columns: Any) -> Corpus:
        """Return the corpus with further columns of its articles, which hits, words and all else
        that is read from it then have too.

        columns  name = a value for each row of `articles`, or a function of `articles`
        raises   ValueError if the name is one that the tables use themselves

        Example: news = news.assign(after=news.articles["published"] >= "2031-04-01")
        """
        for name in columns:
            if name in about.OWN:
                raise ValueError(f"assign({name}=…): the tables have a column of that name")
        made = self.articles.assign(**columns)
        rows = self._articles.assign(**{name: made[name] for name in columns})
        return self._with(rows)

    def _with(self, articles: pd.DataFrame) -> Corpus:
        """The same corpus with other rows of its articles, from now on the one opened last."""
        made = Corpus(self.ledger, articles, self.total, self.lexicons, self.evidence)
        _opened.append(made)
        return made

    def reprints(self, seed: int = 20) -> pd.DataFrame:
        """Return the articles that print again what another one prints: all but one of each text.

        seed     of the hash functions that find candidates
        returns  article_id, outlet, group, kept_id (the earliest, which is no reprint itself),
                 reason

        Method: MinHash (Broder 1997), each candidate then counted in full.
        """
        groups = story.reprints(self._articles, self.ledger, seed=seed)
        return measure.collapse(self._articles, groups).dropped

    def event(
        self,
        articles: Sequence[str] = (),
        *,
        number: int = 1,
        days: int = 4,
        words: Sequence[str] = (),
    ) -> Event:
        """Return articles on one event, laid side by side.

        articles  article_ids; none named: a set that is found
        number    of the sets found, which one: 1 is the largest
        days      that may lie between articles on one event
        words     only sets are found of which half the articles have each of these, as in `search`
        raises    ValueError if an article is not in the corpus
        """
        return Event(self, articles, number, days, words)

    def recurring(self, *, kept: bool = True, length: int = 6, most: int = 5) -> pd.DataFrame:
        """Return what recurs most in the articles of each outlet: runs of words that were kept, or
        lines that were cut.

        returns  a row for each run and article that has it: outlet, words, of (articles looked at),
                 article_id, start, end
        """
        return recurring.recurring(self, kept=kept, length=length, most=most)

    def names(
        self,
        *,
        function_words: bool = False,
        house_style: bool = False,
        further: Sequence[str] = (),
    ) -> dict[str, str]:
        """Return words that a comparison need not look at, and why: numbers, words of grammar,
        words of a house style (Mr, said, Tuesday, one of two spellings), names of outlets and
        reporters, and those of a list of your own. True keeps such words in."""
        return terms.leave_out(
            self._articles,
            self.ledger,
            function_words=function_words,
            style=house_style,
            further=further,
        )

    def places(self, words: Iterable[str], voices: Sequence[str] = ()) -> pd.DataFrame:
        """Return a row for each place where one of some words stands, in some voices; none named:
        the own.

        returns  article_id, start, end, term, and the article's columns
        """
        wanted = self.check_voices(voices) or list(OWN)
        rows = measure.places(self.ledger, self._articles, list(words), wanted)
        keep = ["article_id", "start", "end", "term"]
        return self._known(rows[keep].drop_duplicates(ignore_index=True))

    def company(
        self,
        hits: pd.DataFrame,
        by: str | Sequence[str] = "outlet",
        *,
        windows: Sequence[int] = (5,),
        voices: Sequence[str] = (),
        leave_out: Mapping[str, str] | None = None,
    ) -> tuple[dict[int, pd.DataFrame], pd.DataFrame]:
        """Return what stands near some hits more often than elsewhere, and where.

        hits      of which the company is looked at; their `term` is the target
        by        columns of the articles that make the groups
        windows   words to each side, never past the sentence's end
        voices    voices whose words are looked at; none named: the own
        leave_out words not shown; they still take up places in the window
        returns   by window a table: target, the group, nodes (the target's hits), term, near,
                  count, articles, log_dice, log_ratio, g2, note; and the places of the first
                  window: target, term, article_id, start, end, and the article's columns
        """
        wanted = self.check_voices(voices) or list(OWN)
        counts, groups = measure.regrouped(self.counts(voices), by)
        nodes = hits[hits["voice"].isin(wanted)].assign(category=hits["term"])
        found = measure.near(
            self.ledger,
            counts,
            nodes[["article_id", "start", "end", "category"]],
            wanted,
            list(windows),
            list(dict.fromkeys(nodes["category"])),
            leave_out=leave_out or {},
        )
        tables = {}
        for size, table in found.company.items():
            rest = [c for c in table if c not in ("target", "outlet")]
            tables[size] = measure.ungrouped(table[["target", "outlet", *rest]], groups)
        return tables, self._known(found.around.drop(columns="outlet"))

    def counts(self, voices: Sequence[str] = ()) -> measure.TermCounts:
        """Return how often each word stands in each article, in some voices; none named: the own.

        returns  a NamedTuple: matrix (articles × terms, sparse), articles, terms, words
        """
        return self.tally(voices).counts(self.about)

    def tally(self, voices: Sequence[str] = ()) -> measure.Tally:
        """Return the counts from which `counts` of any articles come; counted once for the voices
        named."""
        key = tuple(self.check_voices(voices) or OWN)
        if getattr(self, "_tallied", ((), None))[0] != key:
            self._tallied = (key, measure.tally(self.ledger, self.about, key))
        return self._tallied[1]

    def check_voices(self, voices: Sequence[str]) -> list[str]:
        """Return voices in the codebook's order; "own" stands for all of the outlet's own.

        raises  ValueError naming one that there is not
        """
        return study.voices(list(voices), VOICES, OWN) if voices else []

    def text(self, article_id: str) -> str:
        """Return the text of an article as received.

        raises  ValueError where no text may be shown, or there is no such article
        """
        if self.evidence != "sentences":
            raise ValueError("this study shows no text of articles (evidence: locations)")
        rows = self.ledger.of([article_id], "articles", ["text"])
        if rows.empty:
            raise ValueError(f"no article {article_id!r} in this corpus")
        return rows["text"].iloc[0]

    def _rows(self, table: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Rows of a table that belong to the articles kept."""
        rows = self.ledger.read(table, columns)
        if len(self._articles) < self.total or not rows["article_id"].isin(self._ids).all():
            rows = rows[rows["article_id"].isin(self._ids)].reset_index(drop=True)
        return rows

    def _known(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with the columns of their article."""
        return rows.merge(self.about, on="article_id", how="left", validate="m:1")

    def _brief(self, words: pd.Series) -> pd.Series:
        """Names as they are, or their first words where no text may be shown."""
        return words if self.evidence == "sentences" else words.map(brief)

    def _text(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with their own words, where they are few enough and may be shown."""
        if len(rows) > MANY:
            return rows
        if self.evidence != "sentences":
            return rows.assign(text="")
        texts = self.texts(rows["article_id"])
        spans = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
        return rows.assign(text=pd.Series([texts[a][s:e] for a, s, e in spans], rows.index, "str"))

    def _sentence_text(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Hits with the words of their sentence."""
        if len(rows) > MANY:
            return rows
        if self.evidence != "sentences":
            return rows.assign(sentence="")
        places = self._rows("sentences", ["article_id", "sentence_id", "start", "end"])
        places = places.rename(columns={"start": "_s", "end": "_e"})
        found = rows.merge(places, on=["article_id", "sentence_id"], how="left", validate="m:1")
        low = found["_s"].fillna(found["start"]).astype(int)
        high = found["_e"].fillna(found["end"]).astype(int)
        texts = self.texts(rows["article_id"])
        spans = zip(found["article_id"], low, high, strict=True)
        words = [" ".join(texts[a][s:e].split()) for a, s, e in spans]
        return rows.assign(sentence=pd.Series(words, rows.index, dtype="str"))

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the texts of some articles as received, by article_id."""
        rows = self.ledger.of(set(ids), "articles", ["article_id", "text"])
        return dict(zip(rows["article_id"], rows["text"], strict=True))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return display.bundle(self)

    def __repr__(self) -> str:
        return display.bundle(self)["text/plain"]


def brief(words: str, most: int = MOST_WORDS) -> str:
    """Return the first words of a text, with an ellipsis where some are left out.

    >>> brief("one of the people close to it")
    'one of the people close …'
    """
    parts = words.split()
    return words if len(parts) <= most else " ".join([*parts[:most], "…"])
