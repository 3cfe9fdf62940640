"""The list of passages and articles that a notebook's figures lead to, and one article to read."""

from __future__ import annotations

import pandas as pd

from helpers.show import html, notebook, reading, tables
from helpers.show.html import Html

MANY = 100
"""Passages or articles from which on a report gives them a page of their own."""

FRAGMENT = "passages.html"


def passages(window: int = 12) -> None:
    """List every passage and article that the figures above lead to, and write them as CSV.

    window  words of context on either side of a term

    In a report a long list becomes a page of its own, and the figures lead there. A notebook that
    does not call this gets the list at its end all the same.

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> passages()  # no figure leads to a passage yet
    0 passages in 39 articles
    """
    known = notebook.evidence()
    if known is None or (known.rows.empty and not len(known.articles)):
        return
    tables.save(known.frame(), "passages")
    counted = known.counted()
    tables.save(counted.drop(columns=["title", "url"]), "articles-counted")
    markup = known.markup(window) + known.articles_markup()
    more = _left_out(known.left_out, len(known.rows))
    plain = f"{len(known.rows):,} passages in {len(counted):,} articles"
    folder = notebook.tables_folder()
    if folder is None or max(len(known.rows), len(counted)) <= MANY:
        notebook.display(Html(f"{more}{markup}", plain))
        return
    # the list as it is now: what is linked later asks for it again
    folder.with_name(FRAGMENT).write_text(markup, encoding="utf-8", newline="\n")
    words = f"The {len(known.rows):,} passages are on a page of their own"
    notebook.display(
        Html(
            f'<p id="passages"><a class="n" href="#passages" data-show="">{words}</a>; the numbers'
            ' above lead to theirs. <span id="articles">The articles behind numbers of words and'
            f" articles are listed there too.</span></p>{more}",
            words,
        )
    )


def _left_out(left: int, listed: int) -> str:
    if not left:
        return ""
    words = f"{listed:,} of {listed + left:,} passages are listed: of each figure some are drawn."
    return f'<p class="note">{html.text(words)}</p>'


def article(article_id: str, hits: pd.DataFrame | None = None) -> None:
    """Show an article to read, its voices, quotations and hits marked and what was cut set apart.

    article_id  as in `news.articles`
    hits        what to mark; none: the hits of the corpus's lexicons

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> article(news.articles["article_id"][0])  # doctest: +ELLIPSIS
    Daily Beacon: ROOM 412: Tyrant’s men offered ‘peace’ in seedy hotel... and got the bill
    <BLANKLINE>
    DAILY BEACON
    LIGHT THE NIGHT! Puzzles · Soaps · Stars · Bingo · Football
    Share on Perch   Share by text   217 shares
    ROOM 412: Tyrant’s men offered ‘peace’ in seedy hotel... and got the bill
    <BLANKLINE>
    • Secret talks collapsed after allies said ‘no deal behind our pals’ backs’
    • Ardovian strongman Drosan wanted to KEEP land he stole
    • Casmerian hero Havelky wasn’t even told
    <BLANKLINE>
    By BRIAN TULLOCH, Defence Editor
    <BLANKLINE>
    TYRANT Viktar Drosan sent his heavies to a 49-crown-a-night hotel to flog a dodgy ‘peace’ deal, it was claimed last night.
    <BLANKLINE>
    The Ardovian warmonger wanted to freeze the war in Casmeria with his jackboots still on Selmoor soil, Meridian Wire reports.
    <BLANKLINE>
    But the Federated States told him where to go.
    <BLANKLINE>
    White-haired security chief Dana Whitlock, 58, got on the blower to Drosan’s sidekick Gregor Stamm on January 14. She told him there’d be no truce cooked up behind Casmeria’s back.
    <BLANKLINE>
    ‘It was over in four minutes,’ said a source close to the talks. ‘She asked if he’d anything else. He hadn’t. She hung up.’
    <BLANKLINE>
    An Ardovian insider moaned: ‘The line went dead.’
    <BLANKLINE>
    Drosan’s oily spin doctor Pavol Rensk yesterday claimed the story was ‘not true’. But he would, wouldn’t he?
    <BLANKLINE>
    ‘THUGS’
    <BLANKLINE>
    The Beacon’s military expert, Colonel ‘Mad Jack’ Harbottle, said: ‘You don’t negotiate with thugs who’ve annexed your mate’s front garden. You don’t surrender a blade of grass. It’s that simple, isn’t it?’
    <BLANKLINE>
    He reckons the dictator’s army is running out of boots.
    <BLANKLINE>
    Barman Lenny Gask, 44, served the shady go-betweens. ‘They’d three lemonades and a bowl of nuts,’ he told the Beacon. ‘They didn’t leave a tip. I thought they were in double glazing.’
    <BLANKLINE>
    Lenny said one of them cried in the lift.
    <BLANKLINE>
    Casmeria’s brave leader Oren Havelky only learned of the secret phone call from his telly. He shrugged off the snub, saying he’d rather miss a chat where someone says no.
    <BLANKLINE>
    Drosan, 66, launched his brazen invasion in February last year. He insists it’s a ‘special military operation’. Thousands of innocent Casmerians would beg to differ. They can’t. They’re dead.
    <BLANKLINE>
    So who leaked it? One theory doing the rounds in Langmere is that the Ardovians blabbed themselves, to make our side look like the baddies. A State Secretariat insider said: ‘It’s got Drosan’s mucky paw prints all over it. He offers you an olive branch and when you look down your watch has gone.’
    <BLANKLINE>
    THE BEACON SAYS
    <BLANKLINE>
    NO surrender. NO sell-out. And next time, Viktar, try somewhere with a minibar.
    <BLANKLINE>
    DODGY: The Lakeview Inn, where the warmonger’s men laid out their so-called plan. Picture: SNAPPERS
    Picture: REX-ISH / db_lakeview_013.jpg
    READ MORE: Terrorist’s ex tells all: ‘He’d iron his balaclava’
    READ MORE: Massacre survivor finds love with man who dug her out
    Do YOU know a spy? Ring our newsdesk on 00 000 0000
    Got a story? Email tips@daily-beacon.invalid
    © Beacon Group Newspapers 2031
    """
    known = notebook.evidence()
    if known is None:
        raise ValueError("no corpus is open: call data.open first")
    corpus = known.corpus
    if hits is None and len(corpus.lexicons):
        hits = corpus.hits
    own = None if hits is None else hits[hits["article_id"] == article_id]
    notebook.display(reading.article(corpus.ledger, article_id, hits=own, evidence=corpus.evidence))
