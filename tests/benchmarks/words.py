"""Lists that the seeded articles are made of: names and places are invented, verbs are news."""

from __future__ import annotations

FIRST_NAMES = (
    "Anna Peter Maria John Elena David Sarah Michael Laura James Sofia Daniel Julia Thomas Nina"
    " Robert Clara Martin Irene Paul Helen Andrew Olga Simon Ruth George Emma Victor Alice Henry"
    " Marta Oliver Diana Stephen Karen Edward Teresa Philip Monica Walter Rachel Arthur Vera Frank"
    " Judith Leon Barbara Hugo Yasmin Omar Layla Hassan Amina Karim Fatima Yusuf Mei Kenji Priya"
).split()
SURNAME_HEADS = (
    "Ald Bar Bel Bran Cal Car Cor Dal Dar Del Dor El Fal Fen Gal Gar Gor Hal Har Hol Jan Kal Kar"
    " Kel Kor Lan Lar Lin Lor Mal Mar Mel Mor Nal Nor Ol Or Pal Par Pel Ral Ren Ros Sal San Sel"
    " Sor Tal Tar Tel Tor Ul Val Van Vel Vor Wal War Wen Yar Zal Zan Zel"
).split()
SURNAME_TAILS = (
    "abrek adine agor akis alden amont anik ardt asson atov aveny ebrand eckly edale egard elmer"
    " emann endyke ensen erling esco etti evall ewick icek idou igny ilvane imoto inard inski"
    " irelle isham itzer obray ockford olvane ombert onescu orvath ostrom oulis overby owicz umber"
    " undsen urgess uskas ydell"
).split()
TOWN_HEADS = (
    "Ash Birch Black Bright Clear Cold Crow Deer Eagle East Elm Fair Flint Fox Glen Gold Gray"
    " Green Hart Hazel High Iron Kings Lake Long Maple Marsh Mill Moss New North Oak Old Otter"
    " Pine Queens Raven Red River Rock Salt Sand Silver South Stone Summer Swan Thorn West White"
    " Wild Willow Winter Wolf"
).split()
TOWN_TAILS = (
    "bay borough bridge burn bury by cliff dale den fell field ford gate grove ham haven hill"
    " holm hurst land ley mere minster mouth pool port stead ton view wick wood worth"
).split()
COUNTRIES = (
    "France|Germany|Italy|Spain|Poland|Sweden|Norway|Turkey|Egypt|Jordan|Kenya|Nigeria|Ghana|Peru"
    "|Chile|Brazil|Mexico|Canada|Japan|India|Vietnam|Thailand|Greece|Portugal|Austria|Hungary"
    "|Romania|Bulgaria|Ireland|Iceland|Morocco|Tunisia|Lebanon|Israel|Iraq|Ukraine|Georgia"
).split("|")
GROUPS = (
    "Ministry of Transport|Ministry of Health|Ministry of Finance|National Assembly|Central Bank"
    "|Port Authority|Supreme Court|Electoral Commission|Farmers' Union|Teachers' Union"
    "|Railway Company|Water Board|Red Cross|United Nations|European Union|World Bank"
    "|Security Council|Coast Guard|Labour Party|Green Party|Reform Party|Chamber of Commerce"
).split("|")
ROLES = (
    "President|Prime Minister|Foreign Minister|Governor|Mayor|Senator|General|Professor|Judge"
    "|Ambassador|Chancellor|Doctor|Captain"
).split("|")

# A past verb and what it was done to: what the recogniser of events is to find.
DEEDS = (
    "signed the {adj} {thing} treaty|rejected the {adj} plan for the {thing}|opened the {thing}"
    " in {town}|visited {town}|met {person}|arrested {count} people over the {thing}"
    "|announced a {adj} inquiry into the {thing}|suspended the {thing} talks"
    "|launched a {adj} campaign against the {thing}|approved {count} million for the {thing}"
    "|resigned over the {thing}|attacked the {adj} {thing} near {town}|closed the {thing} to {country}"
    "|accused {person} of hiding the {thing}|appointed {person} to lead the {thing}"
    "|evacuated {count} families from {town}|won the {adj} election in {town}"
    "|postponed the vote on the {thing}|withdrew from the {thing} agreement with {country}"
    "|condemned the {adj} raid on {town}|seized the {adj} {thing} in {town}"
    "|sued the {group} over the {thing}|dismissed {person}|abandoned the {adj} {thing}"
    "|bought the {thing} from {country}|warned {country} about the {adj} {thing}"
    "|rescued {count} sailors off {town}|agreed a {adj} ceasefire with {country}"
    "|demolished the {adj} {thing}|elected {person} as leader|deported {count} people to {country}"
    "|banned the {adj} {thing}|raised the price of the {thing}|blocked the {thing} road to {town}"
).split("|")
SAYINGS = (
    "“We shall not accept a {adj} {thing},” {last} said."
    "|{last} told reporters that the {thing} would be {adj}."
    "|“It is a {adj} day for {town},” said {last}, who had waited {when} for the {thing}."
    "|According to {last}, the {group} plans to {plan} the {thing} {later}."
    "|{last} claimed that {country} would {plan} the {adj} {thing} {later}."
    "|{last} is expected to {plan} the {thing} {later}."
).split("|")
FILLERS = (
    "The {adj} {thing} and the {adj2} {other} have divided {town} for years, and few expect that"
    " to change."
    "|Residents of {town} speak of {adj} {plural}, of {adj2} {plural2} and of a {other} that nobody"
    " maintains."
    "|A report of {count} pages lists {adj} {plural}, among them the {other} and the {adj2} {thing}."
    "|The cost of the {thing} is put at {count} million, {adv} more than the {adj} {other} of {town}."
    "|Some {plural} are {adj}, others {adj2}; what they share is the {other}."
    "|There is {adv} little trust between the {group} and the {plural} of {town}."
    "|Neither the {adj} {thing} nor the {other} appears in the {adj2} accounts of the {group}."
    "|For {plural} in {country} the {adj} {thing} is {adv} a matter of {other} and {other2}."
    "|Behind the {adj} figures stand {count} {plural} whose {other} depends on the {thing}."
    "|Whether the {thing} will prove {adj} or merely {adj2} is an {open} question for the {plural}."
    "|Older {plural} remember the {adj} {other} of {town}, when the {thing} was still {adj2}."
    "|The {group} keeps {count} {plural} in {town}, most of them {adj}."
).split("|")
GOVERNMENT = (
    "The government in the capital has so far been {adj} about the {thing}."
    "|Critics of the government call the {adj} {other} a distraction."
    "|A government office in {town} keeps the {adj} files."
).split("|")
HEADINGS = (
    "A {adj} {thing}|What the {plural} want|{town} waits|The {other} behind the {thing}"
    "|A question of {other}|Between {town} and {country}"
).split("|")
CLUTTER = (
    "Advertisement|ADVERTISEMENT|Story continues below|Read more|Sign up for our newsletter"
    "|Sponsored content"
).split("|")
PLANS = "approve sign reject open close suspend visit launch abandon".split()
WHEN = (
    "on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|yesterday|last week|two days ago"
    "|on {date}|in {month}|earlier this month|last year|overnight|on {date}|three weeks ago"
).split("|")
LATER = "tomorrow|next week|next month|on Friday|in two days|by the end of the year".split("|")
OPEN = "open awkward old honest empty urgent".split()
ADJECTIVES = (
    "able absent abrupt ample ancient angry anxious artificial awkward bare bitter bold brave brief"
    " bright brittle broad broken careful cautious central cheap chronic civil clever coastal cold"
    " common complex costly crowded crucial curious daily damp dangerous deep delicate dense distant"
    " domestic doubtful dry dull eager early eastern elderly empty endless entire exact exotic faint"
    " fair famous federal fertile fierce final flat foreign fragile fresh frozen future generous"
    " gentle global gradual grand grim harsh heavy hidden historic hollow hostile huge humble idle"
    " immense inner joint keen large late legal liberal local lonely loose loud lucky major marginal"
    " massive mild minor mixed mobile modern modest mutual narrow national neat neutral noisy normal"
    " northern obscure odd official ordinary outer painful partial patient peaceful plain pleasant"
    " polite poor popular precise private proper proud public quick quiet rapid rare raw recent"
    " regional remote rigid rough royal rural sacred safe secret secure senior severe shallow sharp"
    " silent simple slender slow small smooth social solid southern special stable steady steep"
    " strange strict strong stubborn sudden tense thick thin tight tiny tough tragic unpopular"
    " unusual urban useful vague vast vital vivid vulnerable warm weak wealthy western wide wise"
).split()
THINGS = (
    "airport archive barrier bridge budget building canal cargo census coalition college committee"
    " company concert conference constitution contract convoy corridor court crossing curriculum"
    " dam debate deposit desert dispute district dock drought embassy engine estate exhibition"
    " factory fair fence ferry festival fishery fleet flood forest fortress foundry fund garden gas"
    " granary grant grid harbour harvest herd highway hospital hotel housing industry inquiry island"
    " jail journal junction kiosk laboratory lake law league levy library licence lighthouse loan"
    " lottery market memorial merger mill mine mission monument mosque motorway museum network"
    " observatory office oilfield orchard orchestra palace parade park parliament pension pipeline"
    " plant plaza police pollution port power prison project province quarry quota radio railway"
    " ration refinery reform refuge register reservoir resort river road sanctuary satellite school"
    " sewer shelter shipyard stadium station statue strike subsidy summit tariff tax telescope"
    " temple theatre tower trade trail treasury tunnel university uprising vaccine valley verdict"
    " village vineyard wage wall warehouse waterway weather wharf winery workshop zoo"
).split()
PLURALS = (
    "accountants actors activists advisers architects athletes bakers bankers brokers builders"
    " butchers carpenters clerks climbers collectors commuters consumers critics customers dealers"
    " delegates dentists designers diplomats divers doctors drivers editors electricians engineers"
    " exporters families farmers fishermen gardeners grocers guards historians hunters importers"
    " inspectors investors journalists judges labourers landlords lawyers librarians lodgers"
    " mechanics merchants migrants miners musicians neighbours nurses observers officers owners"
    " painters passengers pensioners pilots planners poets porters preachers printers producers"
    " professors pupils rangers readers refugees reporters retailers sailors scholars scientists"
    " settlers shepherds shopkeepers singers soldiers students surgeons surveyors tailors teachers"
    " tenants tourists traders translators travellers veterans villagers volunteers voters waiters"
    " weavers widows workers writers"
).split()
OTHERS = (
    "access advice affection ambition anger approval authority balance belief calm caution charity"
    " comfort confidence conscience courage credit custom danger debt delay dignity discipline"
    " duty effort envy evidence exile fame fashion fate fear fortune freedom friendship gossip"
    " gratitude grief guilt habit harmony hatred heritage honesty hope humour hunger identity"
    " ignorance income influence interest jealousy justice knowledge labour language leisure loyalty"
    " luck memory mercy method mistrust money mood myth neglect order patience peace pity pleasure"
    " poverty pride privacy profit progress prudence rage reason regret relief repair respect rumour"
    " safety secrecy silence skill sorrow speed status supply talent temper thrift tradition trust"
    " truth vanity violence virtue wealth wisdom wit work worry youth"
).split()
ADVERBS = (
    "barely clearly hardly largely mainly mostly nearly notably openly oddly plainly possibly"
    " probably quietly rarely sadly simply slightly still strangely surely usually vastly"
).split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()
