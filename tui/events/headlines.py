"""Shortens the clause of an event mention to a headline."""

from __future__ import annotations

import re

from tui.events.clauses import APPOSITION

MOST = 68

_LEAD = re.compile(
    r"(?:and|but|yet|so|or|while|who|which|in which|at which|during which|whose|where|when|as|after|before|with|because|since|although|though"
    r"|that|then|however|meanwhile|earlier|later|moreover|furthermore|nevertheless|even|just|instead|despite"
    r"|in addition|in response|for (?:his|her|its|their) part|on (?:his|her) part|according to [^,]{3,40}"
    r"|in protest of|initially|recently|additionally|finally|indeed|also|still|therefore|thus|a little earlier"
    r"|leading to|prompting|forcing|causing|including"
    r")\b,?\s+",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(
    r"^(?:in|on|at|amid|amidst|after|before|during|following|despite|for|with|over|under|by|as|from)\b[^,]{2,110},\s+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_TITLES = re.compile(
    r"\b(?:(?:US|U\.S\.|UN|U\.N\.|Israeli|American|British|French|German|Russian|Ukrainian|Chinese|Iranian|former|White House"
    r"|State Department|National Security Council|Senate|House|Vice|Prime|Foreign|Defen[cs]e|Finance|Interior"
    r"|Secretary|Majority|Minority|Deputy|press) )*"
    r"(?:President|Minister|Secretary|Secretary of State|Secretary[ -]General|General|Senator|Sen\.|Rep\.|Gov\.|Chancellor"
    r"|Leader|Speaker|spokesman|spokeswoman|spokesperson|Mr\.|Mrs\.|Ms\.|Dr\.|secretary) (?=[A-Z])"
)
_SHORTER = (
    (re.compile(r"\b(?:the )?United Nations\b"), "UN"),
    (re.compile(r"\b(?:the )?United States\b"), "US"),
    (re.compile(r"\b(?:the )?European Union\b"), "EU"),
    (re.compile(r"\b(?:the )?United Kingdom\b"), "UK"),
    (re.compile(r"\bU\.S\."), "US"),
    (re.compile(r"\bU\.N\."), "UN"),
)
_CUT = re.compile(
    r",\s+|\s+\(|\s+(?:demanding|calling|highlighting|underscoring|reflecting|emphasi[sz]ing|including|amid|despite"
    r"|which|who|whose|while|because|although|after|before|as part of|in order to|so that|such as|due to|leading to"
    r"|over (?:his|her|its|their)|following|according to|saying|stating|in a bid)\b"
)
_ACRONYM = re.compile(r"\s+\([A-Z][A-Z.]{1,7}\)")
_ASIDE = re.compile(r", .+, ")
_WEAK_END = re.compile(
    r"\s+(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|that|its|his|her|their|is|are|was|were|has|have"
    r"|had|into|over|as|than|more|be|been|will|would|this|these|also|not|between|about|who|which|such|toward|towards)$",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"^[\"“‘'(]+|[\"”’')]+$")


def headline(text: str, start: int, end: int, trigger: tuple[int, int]) -> str:
    """A headline of at most `MOST` characters for the clause from `start` to `end`.

    Leading and trailing phrases are removed only before and after the trigger. A clause that is
    still too long is truncated, with "…" at its end.
    """
    clause = text[start:end]
    keep = trigger[1] - start
    for _ in range(3):
        before = keep - (trigger[1] - trigger[0])
        lead = _ADVERBIAL.match(clause, 0, before) or _LEAD.match(clause, 0, before)
        if lead is None:
            break
        clause = clause[lead.end() :]
        keep -= lead.end()
    behind = _ACRONYM.sub("", clause[keep:])
    clause = clause[:keep] + behind
    shorter = APPOSITION.sub(r"\1 ", clause[:keep], count=1)
    if keep > MOST - 8:
        shorter = _ASIDE.sub(" ", shorter, count=1)
    clause, keep = shorter + clause[keep:], len(shorter)
    for match in _CUT.finditer(clause, min(keep, len(clause))):
        if match.start() >= 28:
            clause = clause[: match.start()]
            break
    clause = _ARTICLE.sub("", _QUOTES.sub("", clause.strip(" ,;:.–—-")))
    clause = _TITLES.sub("", clause)
    for pattern, short in _SHORTER:
        clause = pattern.sub(short, clause)
    clause = re.sub(r"[“”]", '"', clause.strip(" ,;:.–—-"))
    if clause.count('"') == 1:
        clause = clause.replace('"', "")
    if clause.count(" '") > clause.count("' ") + clause.endswith("'"):
        clause = clause.replace(" '", " ", 1)
    clause = _fitted(clause)
    return clause[:1].upper() + clause[1:]


def _fitted(clause: str) -> str:
    if len(clause) > MOST:
        cut = clause[: MOST - 1]
        return _without_weak_end(cut[: cut.rfind(" ")] if " " in cut else cut) + "…"
    return _without_weak_end(clause)


def _without_weak_end(clause: str) -> str:
    while (weak := _WEAK_END.search(clause)) is not None:
        clause = clause[: weak.start()]
    return clause.rstrip(" ,;:–—-")
