"""Makes a title for an article that has none: its lead, shortened for a narrow list.

An opening phrase that reports no event ("Amid rising tensions, ..."), the role and the country
before a person's name, and everything after the first clause are removed from the lead.
"""

from __future__ import annotations

import re

# The greatest length of a title, in characters.
MAX_LENGTH = 84

_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z])")
_OPENER = re.compile(
    r"(?:amid|amidst|in|as|after|before|following|despite|during|with|while|when|since|on|against"
    r"|at|for|over|under|facing|citing|according to|meanwhile|however|earlier|according|given"
    r"|by|to|from|although|though|even as|just)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[A-Z][A-Z .,'-]{2,40}(?:\([^)]{2,30}\)\s*)?[–—-]+\s+")
_ROLE = re.compile(
    r"\b(?:(?:the|former|then|US|U\.S\.|UN|U\.N\.|UK|American|Israeli|Palestinian|British|French"
    r"|German|Russian|Ukrainian|Chinese|White House|State Department|Senate|House|Foreign|Prime"
    r"|Vice|Defen[cs]e|Interior|Finance|Secretary|General|Deputy|Majority|Minority|press|chief"
    r"|senior|special)\s+)*"
    r"(?:President|Prime Minister|Minister|Secretary of State|Secretary General|Secretary"
    r"|secretary|Senator|Chancellor|Leader|Speaker|spokesman|spokeswoman|spokesperson|envoy"
    r"|Governor|Mayor|Ambassador)\s+(?=[A-Z][a-z]+ [A-Z])"
)
_TAIL = re.compile(
    r"(?:,\s+|\s+[–—-]\s+|;\s+|:\s+|\s+\()"
    r"|\s+(?:that has|which|who|whose|because|although|while|whereas|amid|amidst|after|before"
    r"|as (?:the|it|he|she|they|tensions)|in a (?:move|bid|sign|step)|marking|highlighting|signall?ing"
    r"|underscoring|reflecting|leading to|following|according to|saying|citing|raising|due to)\b"
)
_APPOSITION = re.compile(
    r"^((?:[A-Z][\w.'’-]+ ){0,4}[A-Z][\w.'’-]+), "
    r"(?:the|a|an|once|who|whose|former|one|chief|head|leader|speaking)\b[^,]{3,90}, "
)
_PERFECT = re.compile(r"\b(?:has|have) (?=[a-z]+(?:ed|en|ut|et|ne|wn|de|id|ld|nt|un|ung)\b)")
_WEAK_END = re.compile(
    r"\s+(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|that|its|his|her|their|is|are|was"
    r"|were|has|have|into|over|as|than|more|been|be|will|would|this|these"
    r"|about|what|how|whether|between|against|under|while|when|who|which|such|not|no)$",
    re.IGNORECASE,
)


def from_lead(text: str) -> str:
    """A title of at most `MAX_LENGTH` characters from the first sentence of a text."""
    lead = text[:1200].split("\n", 1)[0].strip()
    end = _SENTENCE_END.search(lead)
    sentence = lead[: end.start()] if end else lead.rstrip(".!?")
    sentence = _DATELINE.sub("", sentence)
    sentence = _without_opener(sentence)
    sentence = _ROLE.sub("", sentence)
    sentence = re.sub(r"^(?:The|A|An) (?=[A-Z])", "", sentence)
    sentence = _APPOSITION.sub(r"\1 ", sentence)
    sentence = _PERFECT.sub("", _first_clause(sentence), count=1)
    title = _fitted(sentence.strip(' ,;:–—-"“”'))
    return title[:1].upper() + title[1:]


def _without_opener(sentence: str) -> str:
    """Remove up to two adverbials before the subject, if at least 30 characters remain."""
    for _ in range(2):
        if not _OPENER.match(sentence):
            break
        for comma in re.finditer(r",\s+", sentence):
            rest = sentence[comma.end() :]
            # A comma inside an enumeration does not end an adverbial.
            if len(rest) >= 30 and not re.match(r"(?:and|or|but|who|which|where)\b", rest):
                sentence = rest
                break
        else:
            break
    return sentence


def _first_clause(sentence: str) -> str:
    """Cut a sentence at the first clause boundary with enough text before it for a title."""
    for match in _TAIL.finditer(sentence):
        if match.start() >= 36 or (match.start() >= 24 and match.group().strip() not in (",", "(")):
            return sentence[: match.start()]
    return sentence


def _fitted(title: str) -> str:
    if len(title) > MAX_LENGTH:
        cut = title[: MAX_LENGTH - 1]
        title = cut[: cut.rfind(" ")] if " " in cut else cut
        while (weak := _WEAK_END.search(title)) is not None:
            title = title[: weak.start()]
        return title.rstrip(" ,;:–—-") + "…"
    while (weak := _WEAK_END.search(title)) is not None:
        title = title[: weak.start()]
    return title
