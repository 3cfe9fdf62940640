"""Small closed classes of English words that rules and notebooks name."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


BE = _set("is are was were be been being am isn't aren't wasn't weren't get gets got getting")
HAVE = _set("has have had having hasn't haven't hadn't")
MODALS = _set(
    "will would can could may might must shall should do does did won't wouldn't can't couldn't"
    " don't doesn't didn't cannot"
)
PRONOUNS = _set("i you he she it we they who whoever")
OBJECTS = _set("me him her us them himself herself itself themselves")
OWNERS = _set("his their its her our your my whose")
DETERMINERS = _set(
    "a an the this these those that some any no every each all both another many several few more"
    " most one such"
)
RELATIVES = _set("which that who whom")
PREPOSITIONS = _set(
    "of in on at from for with by about into over under during through between among against toward"
    " towards upon within without across around near outside inside behind beyond throughout"
    " despite via amid along above below after before since until"
)
CONJUNCTIONS = _set(
    "and or but nor yet while although though because if when where whereas than as unless"
)
ADVERBS = _set(
    "not never also often still already just again ever only even then now once twice since later"
    " reportedly allegedly almost nearly largely partly all both himself herself itself themselves"
    " there back away"
)

TIMES = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december today tonight yesterday now then noon dawn"
    " dusk night midnight morning evening day week month year spring summer autumn winter accident"
    " mistake law means land sea air way hand default definition name far time"
)
"""What may follow "by" and is no doer: times and means."""

OPENERS = _set(
    "that when as after before while where if because since until although though said says say"
    " reported reports claimed how"
)
"""Words after which another clause begins."""

SAID = _set(
    "said says say reported reports claimed denied denies counted condemned called blamed described"
)
AFTER_NOUN = _set("of on against at upon into")
NUMERALS = _set(
    "least most a two three four five six seven eight nine ten dozen dozens hundred hundreds"
    " thousand thousands scores half"
)
CROWD = NUMERALS | _set(
    "people civilians men women children soldiers troops hostages demonstrators protesters"
    " innocents"
)
BODIES = _set("u.s. u.k. us uk nato isis isil hamas taliban hezbollah houthi idf saudi eu")
"""Names of those who act that no ending tells from names of places."""

FUNCTION_WORDS = (
    BE
    | HAVE
    | MODALS
    | PRONOUNS
    | OBJECTS
    | OWNERS
    | DETERMINERS
    | RELATIVES
    | PREPOSITIONS
    | CONJUNCTIONS
    | ADVERBS
    | _set(
        "to so too very up down out off it's that's there's he's she's they're we're i'm you're"
        " i've we've they've he'd she'd they'd i'd we'd i'll we'll they'll he'll she'll how what"
        " why whether other own same here per s t ll ve re d much either neither nobody nothing"
    )
)
"""Words that grammar asks for: articles, pronouns, prepositions, auxiliaries. Pronouns tell of
style; what an article is about they do not tell."""
