"""How an entry is read: folding of text, the pattern of one entry, one filter for thousands of
entries.

Folding keeps the length of a text, so a match in the folded copy has the same offsets in the
original.

- A term never starts or ends inside a word. Letters, digits, the underscore and combining accents
  are word
  characters. An apostrophe between two of them is inside a word (no "can" in "can't", no "clock" in
  "o'clock"),
  but a possessive 's is not part of its noun: "regime" stands in "the regime's guns", and the match
  is "regime".
- A hyphen is a border: "puppet" stands in "puppet-master" and "regime" in "anti-regime", because
  the parts of
  a compound are words that an author chose. A longer entry ("puppet-master*") or `unless` says
  otherwise.
- `*` stands for up to 40 word characters and inner apostrophes; it crosses neither hyphen nor white
  space.
  Alone between two words of a phrase it stands for exactly one word.
- A space stands for any run of white space, line breaks included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

LONGEST = 200  # characters of an entry
DEPTH = 24  # characters of an entry that the filter looks at
HEAD = 6  # characters by which entries are filed
REACH = 40  # characters that one * stands for

BORDER = "\0"  # stands before a block's text, so that a block begins a word

_WORD = r"[\w\u0300-\u036f]"
_BETWEEN = (
    "[^a-z0-9]"  # what can stand before a word, and more: a set of ASCII is looked up fastest
)
_START = rf"(?<!{_WORD})(?<!{_WORD}')"
_POSSESSIVE = rf"[sS](?!{_WORD})"
_END = rf"(?!{_WORD})(?!'(?!{_POSSESSIVE}){_WORD})"
_STAR = rf"(?:{_WORD}|(?<={_WORD})'(?!{_POSSESSIVE})(?={_WORD})){{0,{REACH}}}"
_LOOSE_STAR = rf"[\w'\u0300-\u036f]{{0,{REACH}}}"
_GAP = r"\s+"

_ACCEPT = "accept"


def straighten(text: str) -> str:
    """Text of the same length with one kind of apostrophe and one kind of hyphen."""
    for mark in "’‘ʼ‛＇´`":
        text = text.replace(mark, "'")
    return text.replace("‐", "-").replace("‑", "-")


def fold(text: str) -> str:
    """Text of the same length, straightened and in lower case.

    İ is the only character whose lower case is longer than itself; ς and σ are one letter.
    """
    return straighten(text).replace("İ", "i").lower().replace("ς", "σ")


def join(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Texts behind each other with a character before each that is part of no word and no gap, and
    where each ends."""
    ends = accumulate(len(text) + 1 for text in texts)
    return "".join([BORDER + text for text in texts]), list(ends)


def problem(entry: str) -> str | None:
    """What is wrong with the spelling of an entry, or None."""
    words = entry.split()
    if not words:
        return "is empty: write a word or a phrase"
    if len(entry) > LONGEST:
        return f"has {len(entry)} characters: an entry has {LONGEST} at most"
    if "*" in (words[0], words[-1]):
        return "begins or ends with a lone *: put it next to letters, as in dictator*"
    if len(words) > 1 and any(word.count("*") > 1 for word in words):
        return "has a word with two *: among several words, one * to a word at most"
    return next((found for found in map(_word_problem, words) if found), None)


def _word_problem(word: str) -> str | None:
    if "**" in word:
        return f"has ** in {word!r}: one * stands for any number of letters"
    if word.count("*") > 2:
        return f"has more than two * in {word!r}: two in a word at most"
    if word != "*" and not any(letter.isalnum() for letter in word):
        return f"has no letter in {word!r}: every word needs one"
    return None


def compiled(entry: str, case: bool) -> re.Pattern[str]:
    """The exact pattern of one entry, for `fold`ed text, or for `straighten`ed text where case
    counts."""
    spelling = straighten(entry) if case else fold(entry)
    words = [_word_pattern(word) for word in spelling.split()]
    return re.compile(_START + _GAP.join(words) + _END)


def _word_pattern(word: str) -> str:
    if word == "*":
        return rf"(?={_WORD}){_STAR}"
    return _STAR.join(re.escape(piece) for piece in word.split("*"))


def head(entry: str) -> str:
    """Up to HEAD folded characters with which every match of the entry begins."""
    return re.split(r"[*\s]", fold(entry).strip(), maxsplit=1)[0][:HEAD]


def finder(entries: list[str]) -> re.Pattern[str]:
    """One pattern whose matches end wherever, in a text that `join` made, a match of any entry may
    start.

    A filter, not a verdict: it may stop at places where no entry matches, and never misses one. The
    entries
    are woven into a trie, so that the time hardly depends on their number. What it matches is the
    character
    before a word, because `re` runs fast to the next character of a set, and slowly from one
    assertion to the next.
    """
    if not entries:
        return re.compile(r"(?!)")
    trie: dict = {}
    for entry in entries:
        _plant(trie, _steps(entry))
    return re.compile(rf"{_BETWEEN}(?={_woven(trie)})")


def _steps(entry: str) -> list[str]:
    """The entry as pattern pieces, each of them one character, gap or wildcard wide."""
    words = " ".join(fold(entry).split())
    steps = [
        _GAP if sign == " " else _LOOSE_STAR if sign == "*" else re.escape(sign) for sign in words
    ]
    if steps[0] == _LOOSE_STAR:
        steps[0] = rf"(?={_WORD}|{re.escape(words[1])}){_LOOSE_STAR}"
    if words.endswith("*"):
        return [*steps[:-1][:DEPTH], _ACCEPT]
    return [*steps[:DEPTH], _ACCEPT if len(steps) > DEPTH else rf"(?!{_WORD})"]


def _plant(trie: dict, steps: list[str]) -> None:
    for step in steps:
        if _ACCEPT in trie:  # a shorter entry is found here already
            return
        if step == _ACCEPT:
            trie.clear()
        trie = trie.setdefault(step, {})


def _woven(trie: dict) -> str:
    if _ACCEPT in trie or not trie:
        return ""
    ways = [step + _woven(rest) for step, rest in sorted(trie.items())]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
