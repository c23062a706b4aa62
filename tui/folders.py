"""The folders for cache, data and configuration (platformdirs), and the bundled ones."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from zlib import adler32, crc32

from platformdirs import user_cache_path, user_config_path, user_data_path

APP = "dateline"


def cache_folder() -> Path:
    """The folder of files that can be computed again."""
    return user_cache_path(APP, appauthor=False)


def data_folder() -> Path:
    """The folder of the reader's data, which is never disposable."""
    return user_data_path(APP, appauthor=False)


def config_folder() -> Path:
    """The folder of the reader's configuration."""
    return user_config_path(APP, appauthor=False)


def bundled(name: str) -> Path:
    """A folder that comes with the program (`seeds`, `themes`), installed or in a checkout."""
    installed = Path(__file__).parent / "bundled" / name
    return installed if installed.is_dir() else Path(__file__).parent.parent / name


def absolute(sources: Sequence[Path]) -> tuple[Path, ...]:
    """The sources of a library in the form that identifies it: absolute, each once, sorted."""
    return tuple(sorted({Path(os.path.abspath(source)) for source in sources}))  # noqa: PTH100


def cache_of(sources: Sequence[Path]) -> Path:
    """The cache file of a library; `sources` are in the form that `absolute` returns."""
    joined = "\0".join(map(str, sources)).encode("utf-8", "surrogateescape")
    name = re.sub(r"[^\w-]+", "-", sources[0].name or "root")[:40].strip("-") or "library"
    # Two checksums instead of hashlib, which would load OpenSSL before every search.
    return cache_folder() / f"{name}-{crc32(joined):08x}{adler32(joined):08x}.sqlite"


def library_id(sources: Sequence[Path]) -> str:
    """The id of a library in the notebook; `sources` are in the form that `absolute` returns."""
    return json.dumps([str(source) for source in sources], ensure_ascii=False)


def notebook_file() -> Path:
    """The notebook: one SQLite file for all libraries."""
    return data_folder() / "notebook.sqlite"
