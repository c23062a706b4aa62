"""The grammar of time expressions: rules by subject. Of overlapping matches, the longest counts."""

from tui.times.rule import Rule
from tui.times.rules import (
    amounts,
    clocks,
    counted_units,
    days,
    months,
    numeric_dates,
    periods,
    references,
    relative_days,
    repetitions,
    seasons,
    units,
    years,
)

RULES: tuple[Rule, ...] = (
    *numeric_dates.RULES,
    *days.RULES,
    *months.RULES,
    *years.RULES,
    *periods.RULES,
    *seasons.RULES,
    *relative_days.RULES,
    *units.RULES,
    *counted_units.RULES,
    *amounts.RULES,
    *repetitions.RULES,
    *clocks.RULES,
    *references.RULES,
)
"""All rules; of matches of the same length, that of the earlier rule counts."""
