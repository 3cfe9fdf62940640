"""Kept blocks to sentences, sentences to tokens, with exact offsets.

Sentences are nupunkt's, mended where it misses. Tokens are words: NLTK's RegexpTokenizer with one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from helpers.ledger import KEPT, Article, Block, Sentence, Token

# Vowel signs and accents that \w leaves out, soft hyphens and joiners: they stand inside a word.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a51\u0abc-\u0acd"
    "\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3b-\u0d4d\u0d82\u0d83\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)

WORD = (
    r"[^\W\d](?:\.[^\W\d])+\.?(?![\w{m}])(?:[-‐‑'][\w{m}]+)*"  # U.S., a.m., U.S.-led: letters with inner dots
    r"|Ph\.D\.?(?!\w)"
    r"|\d+(?:[.,:]\d+)*[\w{m}]*(?:[-‐‑'][\w{m}]+)*"  # 1,000.5, 10:30, 5th, 30-day
    r"|\w[\w{m}]*(?:[-‐‑'][\w{m}]+)*"  # word, don't, cease-fire
).replace("{m}", _MARKS)
"""What a token is: a word, a number, or an abbreviation. Punctuation, signs and symbols are no tokens.

Matched on a copy of the text in which curly apostrophes are straight and underscores are spaces.
"""

LONGEST = 1000
"""Characters without white space that nupunkt is given at a time: beyond that it takes quadratic time."""

_LONG = re.compile(rf"(?<!\S)\S{{{LONGEST}}}")
_PIECE = re.compile(rf"\S{{{LONGEST},}}|(?:\s+|\S{{1,{LONGEST - 1}}}(?!\S))+")
_CLOSING = re.compile(r"[\"'”’»)\]}]+(?:\s+|$)|[”’»)\]}]+\s*")
_TITLE = re.compile(
    r"\b(?:Adm|Amb|Brig|Capt|Cmdr|Col|Cpl|Dr|Fr|Ft|Gen|Gov|Govs|Hon|Lt|Maj|Messrs|Mr|Mrs|Ms|Msgr|Mt|Pres"
    r"|Prof|Rep|Reps|Rev|Sen|Sens|Sgt|St|Supt|Ven)\.$"
)
_IN_PARENTHESES = re.compile(r"\([^\W\d_]{1,5}\.\)$")  # Gen. (ret.) Cole
# After "St." these begin a new sentence; a name does not.
_STARTERS = frozenset(
    re.findall(
        r"\w+",
        "A After An And As At But For He Her His I If In It Its No On Our She So That The Their There These They This "
        "We What When While Why You",
    )
)
_ABBREVIATED = frozenset(
    re.findall(
        r"\w+",
        "al approx art ca cf ch co corp dept dr ed eds eg est ext fig figs ft gen gov ie inc jr ltd mr mrs ms mt "
        "pp prof pt rep rev sec sen sr st tel viz vol vols vs",
    )
)
"""Lower-case words that may stand before a capital without ending a sentence."""

_REAL = frozenset(
    re.findall(
        r"\w+",
        "adj adm adv ala alas alt amb approx apr apt ariz ark assn assoc asst atty aug ave bldg blvd brig bros calif "
        "capt cmdr cmdt col colo comdr comm conn corp cpl dec del dem dept det dir dist div drs eng esq est etc exec "
        "feb fig fla fri gen gov govs govt hon inc ind insp inst intl jan jul jun kan kans lib lieut ltd maj mar mass "
        "messrs mfg mgr mich min minn miss mlle mme mon mont mrs msgr mtn nat natl neb nev nov oct okla ont ore penn "
        "pfc plc pres prof prop pte pty pvt quot ref rep reps ret rev sat sec sen sens sep sept sgt spc ste subst sun "
        "supp supt tel tenn tex thu thur thurs tue tues univ ven viz vol vols wash wed wis wyo",
    )
)
"""Abbreviations of three letters and more. nupunkt's model, learnt from scanned law reports, takes 2,800 other
words and names of that length for abbreviations (month, Iowa, John) and would not end a sentence after them."""

# After a lower-case word: said no. The council …
_ENDED = re.compile(r"\.(?<=[a-zà-ÿ]{2}\.)[”’)\]]*\s+(?=[“‘\"(]?[A-Z])")
# Glued: they agreed.The council …
_GLUED = re.compile(r"[.!?](?<=[a-zà-ÿ]{2}[.!?])[”\"’')\]]*(?=[“‘(]?[A-Z][a-z])(?!(?:Com|Org|Net)\b)")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_GERMAN = re.compile(r"[.!?]“\s+(?=[„A-ZÄÖÜ])")
_ASKED = re.compile(
    r"(?:[^\W\d_]+\.?[ \t]){1,5}(?:said|says|asked|asks|told|wrote|added|replied|answered|wondered|shouted|cried"
    r"|exclaimed|demanded|continued|joked|recalled)(?=[.,;:]|$)"
)


def sentences(article: Article, blocks: Iterable[Block]) -> list[Sentence]:
    """Split the kept blocks of an article into sentences.

    article  the article
    blocks   its blocks; those of other roles than KEPT are left out
    returns  sentences in the order of the text, numbered from 0. None crosses a block, none begins or ends with
             white space, and together they hold every character of the kept blocks that is not white space

    Method: nupunkt (Punkt, Kiss & Strunk 2006, with a model of its own). Mended: a closing mark belongs to the
    sentence before it; a title stays with its name; sentences glued without a space are parted; a question or cry
    in quotation marks and the reporting clause after it ("Is it over?" Mr Reed asked.) are one. The model and the
    mends are for English: elsewhere "5. Juli" is cut in two.
    """
    text, article_id = article.text, article.article_id
    rows: list[Sentence] = []
    for block in blocks:
        if block.role in KEPT:
            for start, end in _spans(text[block.start : block.end]):
                rows.append(
                    Sentence(article_id, len(rows), block.block_id, start + block.start, end + block.start)
                )
    return rows


def tokens(article: Article, sentences: Iterable[Sentence]) -> list[Token]:
    """Cut sentences into tokens, which are words in the sense of WORD.

    article    the article
    sentences  its sentences
    returns    tokens in the order of the text; `norm` is the word in lower case with straight apostrophes

    Method: NLTK's RegexpTokenizer.span_tokenize.
    """
    plain = _plain(article.text)
    lower = plain.lower()
    if len(lower) != len(plain):  # İ becomes two characters in lower case and moves the offsets after it
        return _grown(article.article_id, plain, sentences)
    article_id, span_tokenize, new = article.article_id, _words().span_tokenize, tuple.__new__
    return [
        new(Token, (article_id, number, first + start, first + end, lower[first + start : first + end]))
        for _, number, _, first, last in sentences
        for start, end in span_tokenize(plain[first:last])
    ]


def _grown(article_id: str, plain: str, sentences: Iterable[Sentence]) -> list[Token]:
    """As `tokens`, each word put into lower case for itself."""
    return [
        Token(article_id, each.sentence_id, each.start + start, each.start + end, piece[start:end].lower())
        for each, piece in ((each, plain[each.start : each.end]) for each in sentences)
        for start, end in _words().span_tokenize(piece)
    ]


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences of a block's text as (start, end), white space trimmed."""
    long = len(text) >= LONGEST and _LONG.search(text)
    found = _by_pieces(text) if long else _punkt(text, 0)
    cuts = _mended(text, [start for start, _ in found])
    ends = [*cuts[1:], len(text)]
    spans = [_trimmed(text, start, end) for start, end in zip(cuts, ends, strict=True)]
    return [(start, end) for start, end in spans if start < end]


def _punkt(text: str, offset: int) -> list[tuple[int, int]]:
    return [(start + offset, end + offset) for start, end in _splitter().span_tokenize(text)]


def _by_pieces(text: str) -> list[tuple[int, int]]:
    """The sentences of a text that holds overlong runs without white space: each run is cut in pieces."""
    spans: list[tuple[int, int]] = []
    for match in _PIECE.finditer(text):
        for start in range(match.start(), match.end(), LONGEST) if _LONG.match(match[0]) else [match.start()]:
            end = min(start + LONGEST, match.end()) if _LONG.match(match[0]) else match.end()
            spans += _punkt(text[start:end], start)
    return spans


def _mended(text: str, starts: list[int]) -> list[int]:
    """Starts of sentences after the mends that `sentences` names."""
    cuts = [0]
    for start in map(lambda found: _past_closing(text, found), starts[1:]):
        if cuts[-1] < start < len(text) and not _continues(text, cuts[-1], start):
            cuts.append(start)
    missed = _missed(text, set(cuts))
    return sorted({*cuts, *missed}) if missed else cuts


def _missed(text: str, seen: set[int]) -> list[int]:
    """Starts of sentences that nupunkt does not see."""
    ends = [
        match.end()
        for match in _ENDED.finditer(text)
        if match.end() not in seen and _ends(text, match, False)
    ]
    ends += [match.end() for match in _GLUED.finditer(text) if _ends(text, match, True)]
    if "„" in text:
        ends += [match.end() for match in _GERMAN.finditer(text)]
    return ends


def _ends(text: str, match: re.Match[str], glued: bool) -> bool:
    """Whether the word before the full stop is no abbreviation. Before a space it must be a lower-case word."""
    before = text[max(0, match.start() - 30) : match.start()]
    word = _LAST_WORD.search(before)[0]
    if word in _ABBREVIATED or before.endswith(f"({word}"):
        return False
    return word.islower() or (glued and word.lower() not in _splitter().parameters.abbrev_types)


def _past_closing(text: str, start: int) -> int:
    """Where a sentence starts when the marks that close the one before it are left to that one."""
    closing = _CLOSING.match(text, start)
    if not closing or (text[start - 1].isspace() and text[start] in "\"'"):
        return start
    return closing.end()


def _continues(text: str, before: int, start: int) -> bool:
    """Whether what starts here belongs to the sentence that starts at `before`."""
    end = start
    while end > before and text[end - 1].isspace():
        end -= 1
    if text[start] in ",;:" or (text[start].islower() and text[end - 1] in ")]}"):  # (R-Ohio), who
        return True
    last = text[max(before, end - 12) : end]
    if last[-2:-1] in ("?", "!") and last[-1] in "”\"’'":
        return bool(_ASKED.match(text, start))
    if _IN_PARENTHESES.search(last):
        return True
    if not last.endswith("."):
        return False
    if last.endswith("Rs."):
        return text[start].isdigit()
    word = re.match(r"\w+", text[start : start + 20])
    return bool(word and word[0][0].isupper() and _TITLE.search(last) and word[0] not in _STARTERS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


@cache
def _splitter():
    from nupunkt.models import load_default_model

    splitter = load_default_model()
    splitter.EXCL_QUEST_LOWERCASE_CONTINUES = True  # "Jump! to the top", a name with a mark of its own
    known = splitter.parameters.abbrev_types
    known -= {word for word in known if word.isalpha() and len(word) > 2 and word not in _REAL} | {
        "so",
        "me",
        "am",
    }
    splitter.clear_decision_cache()
    return splitter


@cache
def _words():
    from nltk.tokenize.regexp import RegexpTokenizer

    class Words(RegexpTokenizer):
        """NLTK compiles patterns with `regex` under a limit of seconds, for patterns from outside. This pattern is
        ours and linear: the stdlib's `re` is four times as fast and never gives up on a busy machine."""

        def _check_regexp(self) -> None:
            self._regexp = self._regexp or re.compile(self._pattern, self._flags)

    return Words(WORD)


def words(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the words in any text, by the pattern of `tokens`."""
    return _words().span_tokenize(_plain(text))


def _plain(text: str) -> str:
    """The text as WORD is matched on it, of the same length."""
    return text.replace("’", "'").replace("ʼ", "'").replace("_", " ")
