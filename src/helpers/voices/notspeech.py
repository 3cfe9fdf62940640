"""Quoted words that nobody spoke: titles of works, nicknames, words as words, marked words."""

from __future__ import annotations

import re

from .closed import CLASSES

SMALL = frozenset(word for tag in "DIf&soO" for word in CLASSES[tag].split())
WORD = re.compile(r"[\w’'-]+")
SENTENCE_LIKE = re.compile(
    r"\b(?:I|I['’]\w+|we|you|he|she|they|it['’]s|is|are|was|were|am|will|would|can|could|should|must|do|does|did|don['’]t|have|has)\b",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?:book|film|movie|song|album|novel|series|show|programme|program|newspaper|magazine|newscast|podcast|"
    r"titled|entitled|(?<!so-)(?<!so )called|named|headlined|dubbed|nicknamed|known"
    r" as|word|words|term|phrase|operation|"
    r"operation|code-named|codenamed)\s*,?\s*$",
    re.IGNORECASE,
)
SPOKEN = 5  # quoted words from which on a fragment is taken for speech


def title_like(words: str) -> bool:
    """Whether quoted words are capitalised as the title of a work, a programme or a name.

    >>> title_like("“Meet the Press”"), title_like("“We will stay”")
    (True, False)
    """
    found = WORD.findall(words)
    if not found or len(found) > 10:
        return False
    big = [word for word in found if word[0].isupper() or word[0].isdigit()]
    open_words = [word for word in found if word.lower() not in SMALL]
    ended = words.rstrip("”\"’'» ")[-1:] in ".!…"
    return (
        bool(open_words)
        and len(big) >= len(open_words)
        and found[0][0].isupper()
        and not (ended and len(found) > 4)
    )


WORK = re.compile(
    r"\b(?:book|film|movie|documentary|song|album|novel|memoir|essay|play|poem|series|show|sitcom"
    r"|episode|programme|program|magazine|podcast|titled|entitled)\s*,?\s*$",
    re.IGNORECASE,
)
CAST = re.compile(
    r"\s+(?:actor|actress|star|author|director|singer|writer|host|creator|producer|co-host)s?\b"
)


def work(text: str, start: int, end: int) -> bool:
    """Whether quoted words are the title of a work, which what stands beside them says.

    >>> work("the film “Green Days”", 9, 21), work("called it “Green Days”", 10, 22)
    (True, False)
    """
    beside = WORK.search(text, max(0, start - 30), start) or CAST.match(text, end)
    return bool(beside) and title_like(text[start:end])


def verdict(text: str, start: int, end: int) -> tuple[str, str]:
    """What a quotation with no reporting clause is: "name", "scare" or "speech", and the rule."""
    words = text[start:end]
    count = len(WORD.findall(words))
    if title_like(words):
        return "name", "capitalised as a title"
    if count < SPOKEN and NAMED.search(text, max(0, start - 30), start):
        return "name", "words as words"
    if count >= SPOKEN or (count >= 3 and SENTENCE_LIKE.search(words)):
        return "speech", "quoted words"
    return "scare", "marked words with no speaker"


NICKNAME_BEFORE = re.compile(r"[A-Z][\w.]*\s$")
NICKNAME_AFTER = re.compile(r"\s[A-Z]\w")


def nickname(text: str, start: int, end: int) -> bool:
    """Whether quoted words stand inside a name.

    >>> nickname("Colonel “Mad Jack” Berg", 8, 18), nickname("He said “Go” Berg", 8, 12)
    (True, False)
    """
    if end - start > 30 or text[end - 2] in ".,!?…":
        return False
    around = NICKNAME_BEFORE.search(text, max(start - 20, 0), start) and NICKNAME_AFTER.match(
        text, end
    )
    return bool(around)
