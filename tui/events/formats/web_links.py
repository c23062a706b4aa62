"""Web addresses as links: only those of web pages, and without characters that end a link."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

# What RFC 3986 allows in an address, and the sign of what is encoded already.
_ALLOWED = ":/?#[]@!$&'()*+,;=-._~%"


def web_link(url: str) -> str:
    """An address of a web page (http or https) with all other characters encoded, or ""."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return quote(url, safe=_ALLOWED, errors="replace")
