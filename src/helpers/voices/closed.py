"""Closed classes of English words, each with a letter; what is not here is an open class."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CLASSES = {
    "D": (
        "a an the this these those some many most several each every no any both all another other"
        " such few one neither each none his its their my our your more certain half two three four"
        " five six seven eight nine ten"
    ),
    "P": (
        "he she they we i you it he's she's it's they're we're i'm you're they've we've i've he'd"
        " she'd they'd we'd i'd you'd he'll she'll they'll we'll i'll you'll it'll there there's"
        " that's here"
    ),
    "O": "him them us me himself herself themselves itself ourselves myself",
    "H": "her",
    "T": "that",
    "W": "who which whose whom",
    "w": "whether if how why what when where",
    "h": (
        "has have had having will would could should can may might must do does did cannot shall"
        " hasn't haven't hadn't won't wouldn't couldn't shouldn't can't don't doesn't didn't ought"
        " needn't"
    ),
    "b": "is are was were be been being am isn't aren't wasn't weren't got gets getting",
    "I": (
        "in on at from for with by about into over under during through between among against"
        " toward towards upon within without across around near outside inside behind beyond"
        " throughout regarding despite via amid alongside per above below"
    ),
    "f": "of",
    "o": "to",
    "&": "and or but nor yet",
    "s": "while although though because since after before as unless until so than whereas once",
    "t": (
        "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow"
        " ago week month year morning afternoon evening night january february march april june"
        " july august september october november december"
    ),
    "n": "not never",
    "r": (
        "then long far later earlier recently meanwhile however moreover nevertheless otherwise"
        " therefore thus indeed also still just now even again already always often ever too only"
        " soon perhaps maybe almost rather quite very instead once further first well away back out"
        " up down off"
    ),
    "N": (
        "claim claims statement statements report reports argument arguments belief view warning"
        " promise pledge assertion allegation allegations accusation accusations suggestion"
        " announcement conclusion admission acknowledgment notion hope hopes fear fears concern"
        " concerns complaint complaints contention insistence opinion remark remarks comment"
        " comments message speculation rumor rumors prediction vow denial recommendation demand"
        " idea"
    ),
    "Y": "according",
}
"""Letter → words.

D determiner, P subject pronoun, O object pronoun, H her, T that, W relative, w interrogative, h
auxiliary, b form of
be, I preposition, f of, o to, & coordinator, s subordinator, t time, n negation, r adverb, N noun
of speech, Y according.
"""

TITLES = _set(
    "mr mrs ms dr sen sens rep reps gov gen lt col sgt capt prof rev hon sir dame lord lady"
    " president vice-president senator representative congressman congresswoman governor mayor"
    " secretary minister premier chancellor general colonel captain major admiral ambassador envoy"
    " king queen prince princess pope bishop archbishop cardinal rabbi imam sheikh judge justice"
    " professor doctor spokesman spokeswoman spokesperson chairman chairwoman chair director chief"
    " leader candidate speaker attorney sheriff commissioner lawmaker journalist reporter analyst"
    " economist former prime vice deputy foreign defence defense interior finance incumbent acting"
    " adviser advisor officer economy"
)
"""Words before a name that are no part of it."""

ABBREVIATIONS = _set(
    "Mr Mrs Ms Dr Sen Sens Rep Reps Gov Gen Lt Col Sgt Capt Prof Rev Hon St Jr Sr vs Inc Corp Co"
    " Ltd No Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Fla Va Calif Mass Conn Pa Ga Tenn Wis"
    " Ariz Colo Ill Mich Minn Mo Okla Ore Tex Wash Ala Ark Del Kan Ky La Md Miss Mont Neb Nev Vt Ph"
    " ret Maj Adm Cmdr Brig Pres"
)

PEOPLE = _set(
    "spokesman spokeswoman spokesperson official officials source sources diplomat diplomats"
    " minister president leader leaders lawmaker lawmakers expert experts analyst analysts critic"
    " critics opponent opponents supporter supporters aide aides adviser advisers advisor advisors"
    " resident residents witness witnesses voter voters senator senators governor mayor ambassador"
    " envoy envoys commander soldier soldiers officer officers negotiator negotiators man woman men"
    " women people person student students lawyer lawyers attorney prosecutor prosecutors judge"
    " economist professor researcher researchers scientist scientists doctor doctors neighbour"
    " neighbours neighbor neighbors farmer farmers teacher teachers mother father son daughter wife"
    " husband brother sister candidate candidates chairman chairwoman chief director secretary"
    " reporter reporters journalist journalists correspondent strategist operative activist"
    " activists veteran insider insiders observer observers member members delegate delegates"
    " participant participants driver owner barman barber pensioner mouthpiece resident author"
    " writer historian priest nurse insider dealer trader tyrant schoolteacher shopkeeper baker"
    " general diplomat deputy commissioner clerk watchman interlocutor delegate colleague"
)
"""Nouns for people."""

ANONYMOUS = _set(
    "source sources official officials diplomat diplomats insider insiders aide aides person people"
    " witness witnesses resident residents analyst analysts expert experts critic critics observer"
    " observers adviser advisers advisor advisors some others many lawmaker lawmakers spokesman"
    " spokeswoman spokesperson officer officers operative operatives strategist strategists man"
    " woman supporter supporters voter voters negotiator negotiators insider dealer trader"
    " interlocutor colleague colleagues delegate member members deputy minister ministers lawyers"
    " lawyer reader readers generals other others people aide"
)
"""Heads of descriptions that name nobody."""

DOCUMENTS = _set(
    "report reports poll polls survey study statement letter memo document documents filing lawsuit"
    " indictment article book website site newspaper paper magazine agency times post journal news"
    " reuters tass interfax afp bloomberg cnn bbc nbc cbs abc fox msnbc politico guardian telegraph"
    " independent daily tribune herald gazette sign data figures resolution law bill email emails"
    " transcript records story editorial press release text note wire chronicle courier observer"
    " standard mirror globe monitor review dispatch examiner account interview estimate broadcaster"
    " channel radio television tv blog tweet post census analysis estimates"
)
"""Heads of documents and media."""

ORGANISATIONS = _set(
    "ministry department government kremlin house committee council party union nations parliament"
    " senate congress court office bureau police army military administration campaign company"
    " group association institute university bank fund commission court embassy foundation"
    " organisation organization federation coalition agency center centre board union authorities"
    " pentagon nato un eu navy force forces moscow kyiv kiev washington beijing london paris berlin"
    " brussels tehran jerusalem ukraine russia china israel iran alliance bloc secretariat"
    " presidency mission militia states britain france germany turkey council assembly league club"
    " team"
)
"""Heads of organisations, and places that stand for governments."""

MEN = _set(
    "Aaron Adam Ahmed Alan Albert Alexander Alexei Andrew Andrei Anthony Antonio Arthur"
    " Barack Ben Benjamin Bernard Bernie Bill Bob Boris Brad Brian Bruce Carl Carlos Charles"
    " Chris Christopher Chuck Dan Daniel David Dennis Dick Dmitry Don Donald Doug Douglas Ed"
    " Edward Emmanuel Eric Frank Fred Gary George Gerald Gordon Greg Harold Harry Henry Herman"
    " Hugh Igor Ivan Jack Jacob James Jason Jeff Jeffrey Jeremy Jerry Jim Joe John Jonathan"
    " Jose Joseph Juan Keith Ken Kenneth Kevin Larry Lawrence Leonid Luis Marco Mark Martin"
    " Matt Matthew Michael Mike Mikhail Mitch Mitt Mohammed Neil Nicholas Nikolai Oleg Oliver"
    " Patrick Paul Peter Petro Philip Ralph Randy Raymond Richard Rick Rob Robert Roger Ron"
    " Ronald Roy Rudy Russell Ryan Samuel Scott Sean Sergei Sergey Stephen Steve Steven Stuart"
    " Ted Terry Thomas Tim Timothy Todd Tom Tony Victor Viktor Vincent Vladimir Volodymyr"
    " Walter Wayne William"
)
WOMEN = _set(
    "Alice Amanda Amy Andrea Angela Anita Ann Anna Anne Barbara Beth Betty Carla Carly Carol"
    " Caroline Catherine Cathy Cheryl Christina Christine Cindy Claire Clara Cynthia Debbie"
    " Deborah Denise Diana Diane Donna Dorothy Elena Elizabeth Ellen Emily Emma Eva Fiona Gina"
    " Grace Hannah Heather Heidi Helen Hillary Irina Isabel Jane Janet Jean Jennifer Jessica"
    " Jill Joan Joanna Joyce Judith Judy Julia Julie Karen Kate Katherine Kathleen Kathryn"
    " Kathy Katie Kellyanne Kimberly Laura Lauren Linda Lisa Lucy Lynn Margaret Maria Marie"
    " Marina Marine Martha Mary Megan Melania Melissa Michelle Monica Nancy Natalia Natalie"
    " Nicole Olga Oksana Pamela Patricia Paula Rachel Rebecca Renee Rosa Rose Ruth Samantha"
    " Sandra Sara Sarah Sharon Sheila Sophie Stephanie Sue Susan Svetlana Theresa Teresa Tina"
    " Ursula Valerie Vanessa Vera Victoria Virginia Wendy Yulia"
)
"""First names that nearly always say whether "he" or "she" may be meant."""
