"""Who a mention means: the fullest name an article gives, and what kind of source it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from .closed import ANONYMOUS, DOCUMENTS, ORGANISATIONS, PEOPLE, TITLES
from .words import Line

FULL = re.compile(r"C{2,5}")
ROLE_NAME = re.compile(r"[xM]C{1,4}")
NAME_ROLE = re.compile(r"C{1,4},D?[Cxegyc]{0,4}?[xM](?=[f,I])")
CORE = re.compile(r"[^,fIW]+")
HONORIFIC = re.compile(r"^(?:[A-Z][a-z]{1,3}\.\s+|(?:the|The)\s+)+")
PLURAL = re.compile(r"s$|^(?:some|many|others|people|men|women)$")


class Speaker(NamedTuple):
    """name  the fullest one, "" where unknown; kind  a speaker_type of the quotes table."""

    name: str
    kind: str


NOBODY = Speaker("", "unattributed")


class Names:
    """The names of one article: surname → full name, role → name."""

    def __init__(self, text: str, lines: list[Line], aliases: Mapping[str, str]):
        self.text = text
        self.aliases = aliases
        self.full: dict[str, Counter[str]] = defaultdict(Counter)
        self.roles: dict[str, Counter[str]] = defaultdict(Counter)
        for line in lines:
            self._collect(line)

    def _collect(self, line: Line) -> None:
        for found in FULL.finditer(line.tags):
            words = _plain(line.words[found.start() : found.end()])
            if len(words) > 1:
                self.full[words[-1]][" ".join(words)] += 1
        for found in ROLE_NAME.finditer(line.tags):
            role = line.words[found.start()].lower()
            if role in PEOPLE or role in TITLES:
                self.roles[role][self._longest(_plain(line.words[found.start() + 1 : found.end()]))] += 1
        for found in NAME_ROLE.finditer(line.tags):
            role = line.words[found.end() - 1].lower()
            if role in PEOPLE or role in TITLES:
                run = FULL.match(line.tags, found.start())
                stop = run.end() if run else found.start() + 1
                self.roles[role][self._longest(_plain(line.words[found.start() : stop]))] += 1

    def _longest(self, words: list[str]) -> str:
        """The fullest name an article gives for a name, one alias for all spellings."""
        name = " ".join(words)
        if len(words) == 1 and words[0] in self.full:
            name = self.full[words[0]].most_common(1)[0][0]
        return self.aliases.get(name.lower(), name)

    def speaker(self, line: Line, first: int, stop: int, before: Speaker) -> Speaker:
        """Who words first to stop mean; `before` is the person a pronoun would go back to."""
        tags = line.tags[first:stop]
        if not tags:
            return NOBODY
        if tags[0] in "POH" and len(tags) == 1:
            return self._pronoun(line.words[first].lower(), before)
        found = CORE.match(tags)
        core = found[0] if found else tags
        words = line.words[first : first + len(core)]
        run = re.search(r"C+$", core)
        if run:
            return self._named(words, run.start(), core)
        inner = re.search(r"C{2,4}(?=[xM]?$)", core)
        return self._described(words, tags, core) if not inner else self._described(words, tags, core)

    def _pronoun(self, word: str, before: Speaker) -> Speaker:
        if word.startswith(("he", "she", "his", "her", "him")) and not word.startswith("here"):
            return before if before.kind == "person" else NOBODY
        if word.startswith("they") and before.kind == "anonymous":
            return before
        return NOBODY

    def _named(self, words: list[str], at: int, core: str) -> Speaker:
        plain = _plain(words[at:])
        if not plain:
            return NOBODY
        name = self._longest(plain)
        last = plain[-1].lower()
        titled = at > 0 and (words[at - 1].lower().rstrip(".") in TITLES or words[at - 1].lower() in PEOPLE)
        if titled:
            return Speaker(name, "person")
        if last in DOCUMENTS:
            return Speaker(name, "document")
        if last in ORGANISATIONS or (len(plain) == 1 and plain[0].isupper()):
            return Speaker(name, "organisation")
        if core[0] == "D" and len(plain) > 1 or core[0] == "D" and plain[0] not in self.full:
            return Speaker(name, "organisation")
        return Speaker(name, "person")

    def _described(self, words: list[str], tags: str, core: str) -> Speaker:
        """A description: the one person of that role, or an anonymous source, an organisation, a document."""
        head = words[-1].lower().rstrip(".")
        text = " ".join(word for word in words if word)
        definite = words[0].lower() in ("the", "his", "her", "their") or core[0] in "cMC"
        if definite and head in self.roles and not PLURAL.search(head):
            held = self.roles[head]
            if len(held) == 1:
                return Speaker(next(iter(held)), "person")
        if head in DOCUMENTS:
            return Speaker(text, "document")
        if head in ORGANISATIONS:
            return Speaker(text, "organisation")
        if head in ANONYMOUS or head in PEOPLE or head in TITLES or head in ("one", "some", "others", "many"):
            return Speaker(text, "anonymous")
        return Speaker(text, "anonymous" if "x" in core and PLURAL.search(head) else "organisation")


def _plain(words: list[str]) -> list[str]:
    """Words of a name without titles and possessive endings."""
    plain = [re.sub(r"['’]s?$", "", word) for word in words]
    while plain and plain[0].lower().rstrip(".") in TITLES:
        plain = plain[1:]
    return plain
