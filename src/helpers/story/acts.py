"""What is done in a story, in the words that news English has for it: "turned down" and "rejected"
are one act.

Compiled for this project from general knowledge of news about diplomacy and war. An act joins words
that two outlets
may choose for one deed; it does not say that they mean the same, and a reader judges the
difference.
"""

from __future__ import annotations

ACTS: dict[str, str] = {
    "refuse": (
        "refuse refused refuses refusing refusal reject rejected rejects rejecting rejection rebuff"
        " rebuffed rebuffs decline declined declines dismissed dismiss dismisses spurn spurned"
        " unwilling turned_down turn_down turns_down turning_down turned_away not_willing would_not"
        " will_not wouldn't won't rule_out ruled_out rules_out brush_aside brushed_aside"
        " brushes_aside"
    ),
    "propose": (
        "propose proposed proposes proposing proposal proposals offer offered offers offering"
        " suggest suggested suggests suggesting suggestion suggestions float floated floats"
        " put_forward puts_forward propositions overture overtures pitch pitched initiative seek"
        " seeking sought"
    ),
    "deny": (
        "deny denied denies denying denial denials disputed disputes dispute untrue not_true false"
    ),
    "admit": (
        "admit admitted admits acknowledge acknowledged acknowledges concede conceded concedes"
        " confirm confirmed confirms"
    ),
    "accuse": (
        "accuse accused accuses accusing accusation accusations blame blamed blames blaming"
        " denounce denounced denounces"
    ),
    "demand": "demand demanded demands demanding insist insisted insists require requires",
    "agree": "agree agreed agrees agreement accept accepted accepts accepting consent consented",
    "welcome": (
        "welcome welcomed welcomes praised praises praise hailed hails thanked thanks thumbs-up"
        " greeted"
    ),
    "warn": "warn warned warns warning warnings threaten threatened threatens threat threats",
    "promise": (
        "promise promised promises pledge pledged pledges vow vowed vows undertake undertakes"
        " undertook"
    ),
    "call": "telephone telephoned phone phoned rang blower call conversation",
    "talk": (
        "talk talks talked talking speak speaks spoke spoken discuss discussed discusses discussing"
        " discussion discussions meet met meets meeting meetings negotiate negotiates negotiated"
        " negotiating negotiation negotiations dialogue"
    ),
    "fail": (
        "fail failed fails failure collapse collapsed fell_apart fell_through came_to_nothing"
        " broke_down"
    ),
    "halt": (
        "ceasefire ceasefires cease-fire cease-fires truce truces freeze freezing froze frozen"
        " armistice halt halted stop stopped stopping stops pause pauses silence silent down_tools"
    ),
    "kill": (
        "kill killed kills killing dead died dies death deaths massacre massacred slain murdered"
        " lives"
    ),
    "withdraw": (
        "withdraw withdrew withdrawn withdraws withdrawal withdrawing pull_back pulled_back"
        " drawn_back draw_back pullback retreat retreated retreats"
    ),
    "fire": (
        "fire fired fires firing shell shelled shelling strike strikes struck bombed bombing bomb"
        " bombs attack attacked attacks"
    ),
    "land": "landed fell hit came_through",
    "free": (
        "free freed frees release released releases exchange exchanged exchanges swap swapped"
        " go_home amnesty"
    ),
    "invade": "invade invaded invades invading invasion invader invaders",
    "annex": "annex annexed annexes annexation annexing",
    "yield": (
        "surrender surrendered surrenders capitulate capitulated capitulates capitulation concede"
        " concession concessions"
    ),
    "recognise": "recognise recognised recognises recognition recognize recognized recognizes",
    "invite": "invite invited invites inviting invitation",
    "learn": "not_told been_told learned learnt informed notified briefed",
    "arm": (
        "arm armed arms rearm rearmed arming rearming weapon weapons gun guns artillery howitzer"
        " howitzers"
    ),
    "carry": (
        "intermediary intermediaries emissary emissaries envoy envoys go-between go-betweens"
        " couriers mediators messengers"
    ),
    "source": "source sources persons people insider insiders",
    "unnamed": "unnamed anonymous anonymity unidentified on_condition condition_of",
    "watch": "observe observers observer monitor monitors monitored watched watch watching",
}

PLACES: dict[str, str] = {
    "american": "america america's american americans u.s u.s. usa washington white_house",
    "belarusian": "belarus belarusian belarusians minsk",
    "british": "britain british uk u.k u.k. london downing_street",
    "chinese": "china chinese beijing",
    "european": "eu e.u brussels european_union",
    "french": "france french paris elysee",
    "german": "germany german germans berlin",
    "iranian": "iran iranian iranians tehran teheran",
    "israeli": "israel israeli israelis",
    "russian": "russia russian russians moscow kremlin",
    "turkish": "turkey turkish ankara türkiye",
    "ukrainian": "ukraine ukrainian ukrainians kyiv kiev",
}
"""A country, its people and the seat of its government, which news uses for one another."""

TELLING = frozenset({"refuse", "deny", "admit", "accuse", "promise", "demand"})
"""Acts by which somebody takes a stand; whether a reader was told of them is worth a line of its
own."""

MODAL = frozenset({"would", "will", "wouldn't", "won't"})
"""First words of a refusal that is one only beside another: "would not speak" answers to "refused
to talk"."""

BY_WORD = {word: act for act, forms in ACTS.items() for word in forms.split() if "_" not in word}
BY_PHRASE = {
    tuple(word.split("_")): act
    for act, forms in ACTS.items()
    for word in forms.split()
    if "_" in word
}
PLACE_BY_WORD = {
    word: place for place, forms in PLACES.items() for word in forms.split() if "_" not in word
}
LONGEST = max(len(phrase) for phrase in BY_PHRASE)
