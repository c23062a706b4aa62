"""Closed classes of words that tell what a sentence does with its events."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REPORTING = _words(
    """say says said saying tell tells told claim claims claimed allege alleged alleges report
    reports reported add adds added announce announces announced confirm confirms confirmed state
    states stated warn warns warned insist insists insisted believe believes believed think thinks
    thought suggest suggests suggested estimate estimates estimated note notes noted reveal reveals
    revealed explain explains explained hear heard show shows showed write writes wrote declare
    declares declared argue argues argued deny denies denied admit admits admitted acknowledge
    acknowledges acknowledged find finds found learn learned learnt understand understands
    understood rule ruled testify testifies testified"""
)
"""Forms of verbs whose clausal object is what is told."""

ASSURING = _words(
    """announce announces announced confirm confirms confirmed reveal reveals revealed show shows
    showed admit admits admitted acknowledge acknowledges acknowledged find finds found learn
    learned learnt declare declares declared rule ruled"""
)
"""Reporting verbs after which the content counts as a fact (factive and performative verbs)."""

STATIVE = _words(
    """be is are was were am been being have has had having seem seems seemed appear appears
    appeared look looks looked feel feels felt think thinks thought believe believes believed know
    knows knew known want wants wanted need needs needed hope hopes hoped mean means meant remain
    remains remained include includes included contain contains contained like likes liked love
    loves loved depend depends depended exist exists existed consist consists lack lacks lacked
    matter matters deserve deserves cost costs expect expects expected understand understands
    understood fear fears feared tend tends tended concern concerns belong belongs own owns owned
    stand stands stood live lives lived hold holds sound sounds sounded try tries tried wonder
    wonders worry worries worried imagine remember remembers let lets keep keeps kept watch watches
    continue continues continued describe describes described represent represents involve
    involves regard regards consider considers considered hope get gets go goes make makes see
    sees saw seen do does work works talk talks play plays mind prefer prefers speak speaks spoke
    spoken come comes came went express expresses
    expressed voice voices voiced explain explains explained vary varies varied
    range ranges ranged decline declines declined continued attend attends attended attract attracts
    attracted prompt prompts prompted fan fans fanned fuel fuels fuelled fueled highlight highlights
    highlighted"""
)
"""Forms of verbs that usually denote a state (Vendler 1957), or too little to be an event."""

LIKELY = _words("may might could should can must ca cannot ought")
"""Modal verbs that leave open whether something happens."""

FUTURE = _words("will shall wo 'll ’ll ll would")
"""Modal verbs that say that something is to happen."""

NEGATIONS = _words("not n't n’t never no neither nor hardly cannot")
"""Words that deny the event of the predicate that they modify."""

PLANNING = _words(
    """plan plans planned planning intend intends intended schedule scheduled expect expected
    expects prepare prepares prepared preparing vow vows vowed promise promises promised pledge
    pledges pledged aim aims aimed hope hopes hoped want wants wanted set due poised agree agreed
    agrees propose proposes proposed urge urges urged threaten threatens threatened seek seeks
    sought order orders ordered ask asks asked call calls called demand demands demanded try tries
    tried refuse refuses refused"""
)
"""Words whose infinitive is not said to have happened."""

NEVER_SUBJECTS = _words("i we you me us")
"""Subjects of sentences that speak to the reader or of the writer."""

OFFICIAL = _words(
    """official officials authority authorities police government ministry ministries minister
    spokesman spokeswoman spokesperson spokespeople agency agencies department office council
    commission court army military organisation organization bank company report reports statement
    study survey researchers scientists figures data results tests document documents media radio
    television newspaper newspapers source sources hospital doctors rescuers firefighters service
    union parliament embassy administration committee firm state brigade court judge judges
    coroner company companies"""
)
"""Nouns of sources whose word is reported as news; anybody else's stays with the name."""

UNRESOLVED = _words("he she it they this that these those")
"""Subjects that mean nothing without the sentence before."""

TO_COME = _words("set scheduled due planned slated")
"""Participles that say when something is to happen."""

RELATIVE = _words("which who whom whose that what where when")
"""Pronouns and adverbs that begin a relative clause, which cannot stand alone."""

OWNERS = _words("my our your")
"""Possessives of sentences that speak to the reader or of the writer."""

OTHER_OWNERS = _words("his her its their")
"""Possessives that do not say whose."""

POINTING = _words("this that these those such")
"""Determiners that point at a sentence before."""

SOME = _words("many some several most few all various numerous")
"""Words for a number that is not said."""

THIRD_PERSONS = _words("he she him her his hers they them their it its")
"""Pronouns of the third person."""

PLACED = _words(
    """government ministry ministries minister authorities authority police officials court army
    military parliament president council department school hospital university embassy"""
)
"""Nouns of bodies of which each country or town has one."""

NAMING = _words("named called described known dubbed identified considered regarded seen")
"""Participles that say nothing without what follows."""

PERSONAL = _words("he she him her his hers")
"""Pronouns of one person."""

KNOWN = _words(
    """world country nation capital president pope queen king senate house parliament public
    internet sun earth moon sea city border coast north south east west war economy market weather
    virus flu outbreak epidemic pandemic disease quake earthquake storm hurricane flood floods fire
    trial jury election vote strike protests attack attacks crisis disaster crash rubble airport
    time day week month year morning evening night weekend end beginning start number rest same
    press past future law state streets ground air first second third most spread deal"""
)
"""Nouns that say with "the" what is meant, in general or by the topic of a story."""

WEAK_SUBJECTS = _words(
    """it this that these those there what which who they he she one some many others both each
    another something everyone everything nothing anyone someone people all any most few several
    none such lot plenty"""
)
"""Subjects that do not say who acts."""

LEADING_ADVERBS = _words(
    """however meanwhile earlier later also already still now then so thus therefore instead
    moreover furthermore indeed finally initially recently separately too just even only currently
    today yesterday tomorrow tonight overnight once again yet nevertheless nonetheless reportedly
    apparently perhaps actually originally previously subsequently afterwards additionally soon
    ago and but or"""
)
"""Adverbs that a line on its own does not need."""

WEAK_ENDS = _words(
    """a an the of to in on at by for from with and or but that its his her their is are was were
    has have had into over as than more be been will would this these also not between about who
    which such after before while when because during amid whose where if until"""
)
"""Words that a line cannot end with."""

LIGHT_NOUNS = _words(
    """bid part series result number kind sort type group effort attempt order way line light case
    face wake aftermath terms account list range amount lot total pair host majority half most rest
    member members time course name decision plan plans move vow order right agreement chance
    ability need offer deal proposal north south east west northeast northwest southeast southwest
    km kilometres kilometers miles"""
)
"""Nouns that say nothing without their complement."""

CONTENTS = _words(
    """claim claims concern concerns timing criticism decision ruling allegation allegations plan
    plans proposal proposals idea fears hopes evidence effort efforts attempt attempts possibility
    chance risk question questions call calls demand demands appeal appeals airdrop agreement deal
    law bill measure measures resolution order guilty accused charges role part suspicion news
    opinion fact view result results"""
)
"""Nouns that say little if what they are about is left out."""

BEFORE = _words("earlier previously originally later once formerly")
"""Adverbs at the beginning of a sentence that tell of another day than that of the article."""

BOUNDS = _words("since until till before after from through")
"""Prepositions that make a time a limit of what the sentence tells, not its day."""

OUTLETS = _words("bbc cnn reuters guardian telegraph times sky itv jazeera ap afp nbc abc cbs fox")
"""Outlets, whose own correspondents see and hear what they tell of."""

FEELING = _words(
    """relieved shocked saddened delighted worried pleased upset surprised devastated mourning
    mourned mourn thrilled angered frustrated disappointed concerned alarmed struggling struggled
    struggle vary varies varied range ranged touched tapped highlighted underlined underscored
    reflected"""
)
"""Forms of verbs that tell how somebody feels or fares."""

BECOMING = _words("become becomes became grow grows grew grown turn turns turned get gets got")
"""Forms of verbs that tell of a change of state."""

HABITUAL = _words(
    """repeatedly often always usually never regularly frequently sometimes generally typically
    increasingly constantly routinely normally long"""
)
"""Adverbs of what happens more than once, or all the time."""

PERSONS = _words(
    """man woman boy girl child baby lady gentleman teenager pensioner youth mother father son
    daughter wife husband brother sister couple family parents uncle aunt cousin widow widower
    doctor nurse surgeon patient victim victims survivor suspect suspects defendant witness judge
    lawyer prosecutor detective officer officers soldier soldiers gunman attacker driver pilot
    passenger passengers teacher student pupil worker workers writer author singer actor actress
    rapper star musician player footballer striker coach manager director producer artist
    politician mp senator minister president chancellor lawmaker candidate leader chairman boss
    executive spokesman journalist reporter editor pair trio men women boys girls children people
    americans group team conductor resident residents villager villagers customer owner"""
)
"""Nouns of people, who are named elsewhere if a text only calls them "the man"."""

READERS = _words("us our we you your my me")
"""Words of sentences that speak to the reader or of the writer."""

TEXTS = _words("statement interview speech report letter email message briefing conference note")
"""Nouns of what somebody says something in."""

TEXT_NOUNS = _words(
    """readers viewers listeners website blog podcast programme newsletter app video gallery clip
    page webpage comment comments users correspondent debate quiz poll transcript"""
)
"""Nouns of sentences that are about the publication itself."""
