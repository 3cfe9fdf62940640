"""Who a mention means: the fullest name an article gives, and what kind of source it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import NamedTuple

from .closed import ANONYMOUS, CLASSES, DOCUMENTS, MEN, ORGANISATIONS, PEOPLE, TITLES, WOMEN
from .words import Line

# "CC{0,4}" for "C{1,5}": the engine skips to a letter that must come first
FULL = re.compile(r"CC{0,4}[Cc]")
OF = ("xf", "Mf", "xfD", "MfD")  # what stands before a name that an office is of
ROLE_NAME = re.compile(r"(?P<role>[xM])(?:fD?(?=C{3})|fx(?=CC))?(?P<name>C{1,6})")
SHORTENED = {"gov.": "governor", "sen.": "senator", "gen.": "general", "rep.": "congressman"}
NAME_ROLE = re.compile(r"(?P<name>CC{0,3}),D?[Cxegyc]{0,4}?(?P<role>[xM])(?=[f,I])")
CORE = re.compile(r"[^,foIWgG]+")
PHRASE = re.compile(r"[^,;:qQU]+")
BESIDE = re.compile(r",M*(?P<name>C{1,4})(?:,|$)")
GROUP = re.compile(r"M*(?P<name>C{1,4})&(?P<others>[dD]{1,2}[xNM]{0,2}[xNM])")
NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"]
)
MANY = frozenset({"colleagues", "others", "allies"})
"""What ends the name of a group, besides people: "Ada Berg and 10 colleagues"."""
IN_PLACE = re.compile(r"I(?P<place>C)(?![CM])")
HONORIFICS = frozenset(
    {"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "president", "minister", "judge"}
)
OFFICE = re.compile(
    r"D?[CMx]*[Mx]fD?(?P<name>C{3,6})(?=[,W]|$)"
)  # "Director of Public Works Ada Berg"
PLACED = re.compile(r"[fI]C+$")
TITLED = re.compile(r"[Mx](?P<name>C{2,4})$")  # "Joint Chiefs of Staff Chairman Ada Berg"
LOOSE = frozenset(
    {
        "filed",
        "close",
        "familiar",
        "near",
        "aware",
        "seen",
        "obtained",
        "released",
        "published",
        "signed",
    }
)
"""What may stand behind a noun and is not one: "a source close to …", "a text seen by …"."""
TITLED_NAME = re.compile("MC{1,3}")
GENDERS = {
    **dict.fromkeys(("mr", "sir", "lord", "spokesman", "chairman", "prince", "king"), "he"),
    **dict.fromkeys(("mrs", "ms", "miss", "spokeswoman", "chairwoman", "princess", "queen"), "she"),
}
FIRST_NAMES = {
    **dict.fromkeys(MEN, "he"),
    **dict.fromkeys(WOMEN, "she"),
}
WRITTEN = frozenset(
    ["letter", "book", "tweet", "memo", "statement", "post", "email", "lawsuit", "memoir", "essay"]
)
ADJECTIVE = re.compile("D[xeg]C")  # "an angry Berg"
WRITER = re.compile("M*C*c[xN]")
UNNAMED = re.compile(r"\swho\s(?:\S+\s){1,5}(?:named|identified|anonymity)\b")
LOWER = frozenset(word for tag in "DHPnr" for word in CLASSES[tag].split())
SHORT = 20_000  # characters: a longer text is not searched for one name after the other
PLURAL = re.compile(r"s$|^(?:some|many|others|people|men|women)$")
POSSESSIVE = re.compile(r"['’]s?$")


GROUPED = frozenset(
    {"lawmakers", "members", "senators", "officials", "colleagues", "leaders", "group"}
)
"""Descriptions that a group goes on by: "the lawmakers"."""


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
        self.full: dict[str, dict[str, int]] = defaultdict(dict)
        self.roles: dict[str, dict[str, int]] = defaultdict(dict)
        self.first: dict[str, dict[str, int]] = defaultdict(dict)
        self.places: set[str] = set()
        self.best: dict[str, str] = {}
        self.sources: dict[str, Speaker] = {}
        self.named: dict[tuple[str, ...], Speaker] = {}
        self.thing = NOBODY
        self.groups: dict[str, int] = {}
        self.genders: dict[str, str] = {}
        self.all = _joined(lines)
        self._collect(self.all)
        self._cast(self.all)
        self._gather(self.all)

    def _collect(self, line: Line) -> None:
        tags = line.tags
        for found in FULL.finditer(tags):
            first, stop = found.span()
            before = tags[max(first - 3, 0) : first]
            office = before.endswith(OF)
            if before[-1:] == "D" and not office:
                continue
            words = _plain(line.words(first, stop))
            if office and len(words) > 2:
                words = words[-2:]  # "Secretary of State Name Surname"
            if len(words) > 1:
                name = " ".join(words)
                _count(self.full[words[-1]], name)
                _count(self.first[words[0]], name)
        for found in TITLED_NAME.finditer(tags):
            gender = GENDERS.get(line.low(found.start()).rstrip("."))
            if gender:
                self.genders.setdefault(_plain([line.word(found.end() - 1)])[-1], gender)
        for found in IN_PLACE.finditer(tags):
            if line.low(found.start()) == "in":
                self.places.add(line.word(found.end() - 1))

    def _cast(self, line: Line) -> None:
        """Note who holds a role: "spokesman Name", "Name, a spokesman"."""
        for pattern in (ROLE_NAME, NAME_ROLE):
            for found in pattern.finditer(line.tags):
                role = line.low(found.start("role"))
                role = SHORTENED.get(role, role)
                if role in PEOPLE or role in TITLES:
                    words = _plain(line.words(*found.span("name")))
                    if words:
                        _count(self.roles[role], self.longest(words))
                        before = line.low(found.start("role") - 1) if found.start("role") else ""
                        if before and before not in LOWER:
                            _count(self.roles[f"{before} {role}"], self.longest(words))

    def _grouped(self, head: str, lead: str, core: str) -> Speaker:
        """The article's group where a description may go on with it, else nobody."""
        goes_on = head in GROUPED and (lead in ("the", "those") or core[0] == "x")
        return self.group() if goes_on else NOBODY

    def _gather(self, line: Line) -> None:
        """Note groups that are named by one of them: "Ada Berg and 10 colleagues"."""
        for found in GROUP.finditer(line.tags):
            first = found.start("others")
            if line.tags[first] != "d" and line.low(first) not in NUMBERS:
                continue
            heads = (at for at in range(first + 1, found.end()) if _people(line.low(at)))
            head = next(heads, None)
            words = _plain(line.words(*found.span("name"))) if head else []
            if head and words:
                others = " ".join(line.words(first, head + 1))
                _count(self.groups, f"{' '.join(words)} and {others}")

    def group(self) -> Speaker:
        """The one group of people that an article names by one of them, else nobody."""
        if len(self.groups) != 1:
            return NOBODY
        first, _, others = next(iter(self.groups)).partition(" and ")
        return Speaker(f"{self.longest(first.split())} and {others}", "person")

    def gender(self, name: str) -> str:
        """What titles and first names say of a name: "he", "she", "" where they say nothing."""
        words = name.split()
        if not words:
            return ""
        return self.genders.get(words[-1]) or (FIRST_NAMES.get(words[0], "") if words[1:] else "")

    @cached_property
    def words(self) -> set[str]:
        """Every word of the article."""
        return {piece.rstrip() for piece in set(self.all.pieces)}

    def longest(self, words: list[str]) -> str:
        """The fullest name an article gives for a name, and one alias for all its spellings."""
        for at in range(len(words) - 1 or 1):
            alias = self.aliases.get(" ".join(words[at:]).lower())
            if alias:
                return alias
        if len(words) == 1:
            return self._single(words[0])
        if len(words) > 2 and words[-1] in self.full:
            tail = " ".join(words[-2:])
            return tail if tail in self.full[words[-1]] else " ".join(words)
        return " ".join(words)

    def _single(self, word: str) -> str:
        """A surname, or a first name that one person of the article bears."""
        if word.lower() in ORGANISATIONS or self._place(word):
            return word
        held = self.full.get(word) or self.first.get(word)
        if not held or (word not in self.full and len(held) > 1):
            return word
        if word not in self.best:
            self.best[word] = max(held, key=held.__getitem__)
        return self.aliases.get(self.best[word].lower(), self.best[word])

    def _place(self, word: str) -> bool:
        """Whether a name is a place's: "in Ardovia", "Ardovian"."""
        derived = f"{word}n"
        # mostly it stands nowhere, which the text tells quicker than its words
        if len(self.text) < SHORT and derived not in self.text:
            return word in self.places
        return word in self.places or derived in self.words

    def _borne(self, words: list[str]) -> bool:
        return " ".join(words) in self.full.get(words[-1], ())

    def speaker(self, line: Line, first: int, stop: int, before: Speaker) -> Speaker:
        """Who the words from first to stop mean; `before` is the person a pronoun would go back
        to."""
        tags = line.tags[first:stop]
        if len(tags) == 1 and (tags in "POH" or line.low(first) in ("his", "their")):
            return self._pronoun(line.low(first), before)
        place = (tags, *line.pieces[first:stop])
        named = self.named.get(place) or self._by_name(line, first, tags)
        if named is None:
            return self._by_description(line, first, tags, before)
        if named.kind == "person":
            self.named[place] = named  # whatever stands before, the same words mean the same person
        return named

    def _by_name(self, line: Line, first: int, tags: str) -> Speaker | None:
        """Who is meant where the words hold a name for it, else None."""
        person = self._beside(line, first, tags) if "f" in tags or "," in tags else None
        if person:
            return person
        core = _core(tags)
        if core[-1] not in "Cc":
            return None
        words = line.words(first, first + len(core))
        return self._named(
            words, len(core[:-1].rstrip("C")), core, partial(self._phrase, line, first, tags)
        )

    def _by_description(self, line: Line, first: int, tags: str, before: Speaker) -> Speaker:
        core = _core(tags)
        words = line.words(first, first + len(core))
        head = words[-2] if words[-1].lower() in LOOSE and len(words) > 1 else words[-1]
        if head.lower() in WRITTEN and WRITER.fullmatch(core):
            writer = self._named(words[:-1], 0, core[:-1], lambda: "")
            if writer.kind == "person":
                return writer  # "Ada Berg's letter said"
        text = self._phrase(line, first, tags)
        return self._remembered(self._described(words, core, text, before), head.lower())

    def _beside(self, line: Line, first: int, tags: str) -> Speaker | None:
        """Somebody whose office or description stands with the name: "Director of Works Name", "a
        baker, Name"."""
        office = OFFICE.match(tags)
        if office:
            words = line.words(first + office.start("name"), first + office.end("name"))[-2:]
            if self._borne(words):
                return Speaker(self.longest(words), "person")
        titled = TITLED.search(tags)
        if titled and "f" in tags[: titled.start("name")]:
            words = line.words(first + titled.start("name"), first + titled.end("name"))
            if tags[titled.start("name") - 1] == "M" or self._borne(_plain(words)):
                return Speaker(self.longest(_plain(words)), "person")
        beside = BESIDE.search(tags)
        if beside and PLACED.search(tags[: beside.start()]):
            return None  # "the mayor of Washington, DC"
        if beside and _core(tags)[-1] not in "Cc":
            words = line.words(first + beside.start("name"), first + beside.end("name"))
            return Speaker(self.longest(_plain(words)), "person")
        return None

    def _phrase(self, line: Line, first: int, tags: str) -> str:
        """A source as a description, down to the next comma."""
        phrase = PHRASE.match(tags)
        last = first + (phrase.end() if phrase else len(_core(tags))) - 1
        return _phrase(self.text[line.starts[first] : line.end(last)])

    def _pronoun(self, word: str, before: Speaker) -> Speaker:
        if word.partition("'")[0] in ("he", "she", "his", "her", "him"):
            one = before.kind == "person" or before.name.startswith(
                ("a ", "an ", "one ", "another ")
            )
            return before if one else NOBODY
        if word.startswith("they") and before.kind == "anonymous":
            return before
        if word.startswith("they") and before.name and before == self.group():
            return before
        if word == "it":
            return self.thing
        return NOBODY

    def _named(self, words: list[str], at: int, core: str, text: Callable[[], str]) -> Speaker:
        """A source that ends in a name: a document or organisation by its last word, else a person
        or a place."""
        plain = _plain(words[at:])
        if not plain:
            return NOBODY
        name = self.longest(plain)
        last = (name.rsplit(maxsplit=1) if len(plain) == 1 else plain)[-1].lower()
        before = words[at - 1].lower().rstrip(".") if at else ""
        kind = _kind(last)
        if kind and before not in HONORIFICS:
            return self._thing(Speaker(self.aliases.get(name.lower()) or text(), kind))
        if before in TITLES or before in PEOPLE or (plain[-1] in self.full and " " in name):
            return Speaker(name, "person")
        if len(plain) == 1 and (last in PEOPLE or last in ANONYMOUS):
            return Speaker(text(), "anonymous")
        acronym = len(plain) == 1 and plain[0].isupper()
        titled = core[0] == "D" and (len(plain) > 1 or plain[0] not in self.full)
        titled = titled and not (
            len(plain) == 1 and ADJECTIVE.fullmatch(core) and text()[:2] in ("a ", "an")
        )
        if self._place(plain[-1]) or acronym or titled:
            return self._thing(Speaker(self.aliases.get(name.lower()) or text(), "organisation"))
        return Speaker(name, "person")

    def _described(  # noqa: PLR0911 — one sign after the other
        self, words: list[str], core: str, text: str, before: Speaker
    ) -> Speaker:
        """A description: the one person of that role, or an anonymous source, an organisation, a
        document."""
        if words[-1].lower() in LOOSE and len(words) > 1:
            words = words[:-1]
        head, lead = words[-1].lower().rstrip("."), words[0].lower()
        if not core.strip("D"):
            return Speaker(text, "anonymous")
        if len(words) > 1 and lead in ("his", "her") and head in DOCUMENTS:
            return self._pronoun("he", before)
        definite = lead in ("the", "his", "her", "their") or core[0] in "cM"
        held = self.roles.get(head, {}) if definite else {}
        if definite and head in ("book", "memoir"):
            held = self.roles.get("author", {})  # "according to the book"
        if definite and len(words) > 2 and len(held) != 1:
            held = self.roles.get(f"{words[-2].lower()} {head}", {})
        if len(held) == 1 and (len(words) <= 4 or core[0] in "cM"):
            return Speaker(next(iter(held)), "person")
        group = self._grouped(head, lead, core)
        if group.name:
            return group
        if lead in ("the", "this") and head in self.sources:
            return self.sources[head]
        if _kind(head):
            return self._thing(Speaker(text, _kind(head)))
        known = (
            head in ANONYMOUS
            or head in PEOPLE
            or head in TITLES
            or lead in ("one", "some", "two", "three")
        )
        return Speaker(text, "anonymous" if known or PLURAL.search(head) else "organisation")

    def _thing(self, speaker: Speaker) -> Speaker:
        self.thing = speaker
        return speaker

    def _remembered(self, speaker: Speaker, head: str) -> Speaker:
        if speaker.kind == "anonymous":
            self.sources[head] = speaker
        return speaker


def _people(word: str) -> bool:
    """Whether a word stands for several people."""
    return word in MANY or (word in PEOPLE and word.endswith("s"))


def _joined(lines: list[Line]) -> Line:
    """All lines as one, so that a pattern runs once; a tag that no pattern knows stands between two
    of them."""
    pieces: list[str] = []
    for line in lines:
        pieces += line.pieces
        pieces.append("")
    return Line(pieces, [], "\n".join(line.tags for line in lines), "", {})


def _count(names: dict[str, int], name: str) -> None:
    names[name] = names.get(name, 0) + 1


def _core(tags: str) -> str:
    """The head of a noun phrase: what stands before a preposition, a comma or a relative clause."""
    core = CORE.match(tags)
    return core[0] if core else tags


def _kind(head: str) -> str:
    """What a noun that is no person stands for: a document, an organisation, "" where it may be a
    person."""
    return "document" if head in DOCUMENTS else "organisation" if head in ORGANISATIONS else ""


def _phrase(text: str) -> str:
    """A description as it would stand inside a sentence: "a senior source"."""
    words = text.split() or [""]
    if "who" in text and UNNAMED.search(text) and words[0] != "who":
        words = words[: words.index("who")]
    text = " ".join(words)
    first = words[0].lower()
    plain = len(words) == 1 or words[1][:1].islower()
    if first in LOWER or (
        plain and first not in TITLES and (first in PEOPLE or first in ANONYMOUS)
    ):
        text = text[:1].lower() + text[1:]
    return text


def _plain(words: list[str]) -> list[str]:
    """Words of a name without titles and possessive endings."""
    plain = [POSSESSIVE.sub("", word) if "'" in word or "’" in word else word for word in words]
    while plain and plain[0].lower().rstrip(".") in TITLES:
        plain = plain[1:]
    if len(plain) > 1 and plain[0].isupper() and len(plain[0]) > 3 and not plain[-1].isupper():
        plain = plain[1:]  # a shouted word in front of a name
    return plain
