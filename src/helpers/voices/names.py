"""Who a mention means: the fullest name an article gives, and what kind of source it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from .closed import ANONYMOUS, DOCUMENTS, ORGANISATIONS, PEOPLE, TITLES
from .words import Line

FULL = re.compile(r"(?P<of>[xM]fD?)?(?P<name>C{2,6})")
ROLE_NAME = re.compile(r"(?P<role>[xM])(?:fD?(?=C{3}))?(?P<name>C{1,6})")
NAME_ROLE = re.compile(r"(?P<name>C{1,4}),D?[Cxegyc]{0,4}?(?P<role>[xM])(?=[f,I])")
CORE = re.compile(r"[^,fIWgG]+")
BESIDE = re.compile(r",M?C{2,4}(?:,|$)")
PLURAL = re.compile(r"s$|^(?:some|many|others|people|men|women)$")
POSSESSIVE = re.compile(r"['’]s?$")


class Speaker(NamedTuple):
    """name  the fullest one, "" where unknown; kind  a speaker_type of the quotes table."""

    name: str
    kind: str


NOBODY = Speaker("", "unattributed")


class Names:
    """The names of one article: surname → full name, role → name."""

    def __init__(self, lines: list[Line], aliases: Mapping[str, str]):
        self.aliases = aliases
        self.full: dict[str, Counter[str]] = defaultdict(Counter)
        self.roles: dict[str, Counter[str]] = defaultdict(Counter)
        self.source = NOBODY
        for line in lines:
            self._collect(line)
        for line in lines:
            self._cast(line)

    def _collect(self, line: Line) -> None:
        for found in FULL.finditer(line.tags):
            words = _plain(line.words[slice(*found.span("name"))])
            if found["of"] and len(words) > 2:
                words = words[-2:]  # "Secretary of State Name Surname"
            if len(words) > 1:
                self.full[words[-1]][" ".join(words)] += 1

    def _cast(self, line: Line) -> None:
        """Note who holds a role: "spokesman Name", "Name, a spokesman"."""
        for pattern in (ROLE_NAME, NAME_ROLE):
            for found in pattern.finditer(line.tags):
                role = line.words[found.start("role")].lower()
                if role in PEOPLE or role in TITLES:
                    words = _plain(line.words[slice(*found.span("name"))])
                    if words:
                        self.roles[role][self.longest(words)] += 1

    def longest(self, words: list[str]) -> str:
        """The fullest name an article gives for a name, and one alias for all its spellings."""
        for at in range(len(words)):
            alias = self.aliases.get(" ".join(words[at:]).lower())
            if alias and (at == 0 or len(words) - at > 1):
                return alias
        if len(words) == 1 and words[0] in self.full and words[0].lower() not in ORGANISATIONS:
            return self.aliases.get(words[0].lower()) or self.full[words[0]].most_common(1)[0][0]
        if len(words) > 2 and words[-1] in self.full:
            tail = " ".join(words[-2:])
            return tail if tail in self.full[words[-1]] else " ".join(words)
        return " ".join(words)

    def speaker(self, line: Line, first: int, stop: int, before: Speaker) -> Speaker:
        """Who the words from first to stop mean; `before` is the person a pronoun would go back to."""
        tags = line.tags[first:stop]
        if tags[:1] in ("P", "O", "H") and len(tags) == 1:
            return self._pronoun(line.words[first].lower(), before)
        beside = re.search(BESIDE, tags)
        found = CORE.match(tags)
        core = found[0] if found else tags
        words = line.words[first : first + len(core)]
        if not core.endswith(("C", "c")) and beside:
            plain = _plain(line.words[first + beside.start() + 1 : first + beside.end()])
            return Speaker(self.longest([word for word in plain if word != ","]), "person")
        run = re.search(r"C*[Cc]$", core)
        if run:
            return self._named(words, run.start(), core, line.tags[max(first - 2, 0) : first])
        return self._remembered(self._described(words, core, tags, before))

    def _pronoun(self, word: str, before: Speaker) -> Speaker:
        if word.split("'")[0] in ("he", "she", "his", "her", "him"):
            return before if before.kind == "person" else NOBODY
        if word.startswith("they") and before.kind == "anonymous":
            return before
        return NOBODY

    def _named(self, words: list[str], at: int, core: str, left: str) -> Speaker:
        plain = _plain(words[at:])
        if not plain:
            return NOBODY
        name, last = self.longest(plain), plain[-1].lower()
        before = words[at - 1].lower().rstrip(".") if at else ""
        if before in TITLES or before in PEOPLE:
            return Speaker(name, "person")
        if last in DOCUMENTS:
            return Speaker(name, "document")
        if len(plain) == 1 and (last in PEOPLE or last in ANONYMOUS):
            return Speaker(words[at], "anonymous")
        if last in ORGANISATIONS or (len(plain) == 1 and plain[0].isupper()):
            return Speaker(name, "organisation")
        if core[0] == "D" and (len(plain) > 1 or plain[0] not in self.full):
            return Speaker(name, "organisation")
        return Speaker(name, "person")

    def _described(self, words: list[str], core: str, tags: str, before: Speaker) -> Speaker:
        """A description: the one person of that role, or an anonymous source, an organisation, a document."""
        head = words[-1].lower().rstrip(".")
        text = " ".join(word for word in words if word)
        if len(words) > 1 and words[0].lower() in ("his", "her") and head in DOCUMENTS:
            return self._pronoun("he", before)
        definite = words[0].lower() in ("the", "his", "her", "their") or core[0] in "cMC"
        if definite and head in self.roles and not PLURAL.search(head) and len(self.roles[head]) == 1:
            return Speaker(next(iter(self.roles[head])), "person")
        if (
            definite
            and self.source.kind == "anonymous"
            and self.source.name.split()[-1:] == [words[-1]]
            and len(words) == 2
        ):
            return self.source
        if head in DOCUMENTS:
            return Speaker(text, "document")
        if head in ORGANISATIONS:
            return Speaker(text, "organisation")
        known = (
            head in ANONYMOUS or head in PEOPLE or head in TITLES or head in ("one", "some", "others", "many")
        )
        return Speaker(text, "anonymous" if known or PLURAL.search(head) else "organisation")

    def _remembered(self, speaker: Speaker) -> Speaker:
        if speaker.kind == "anonymous":
            self.source = speaker
        return speaker


def _plain(words: list[str]) -> list[str]:
    """Words of a name without titles and possessive endings."""
    plain = [POSSESSIVE.sub("", word) for word in words]
    while plain and plain[0].lower().rstrip(".") in TITLES:
        plain = plain[1:]
    return plain
