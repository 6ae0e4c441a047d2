"""What a correct reading of an edition must find."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tests.editions.figures import Figures
from tests.editions.series import left_out, monthly_counts, rounded_means, series_of

KEY_COLUMNS = ("participant_group_code", "measure_code", "breakdown", "category_code")


def truth(
    figures: Figures, months: int = 12, threshold: int = 4, *, leave_out_zero_unknown: bool = True
) -> pd.DataFrame:
    """Return the observations of the edition from January to month `months` (1 to 12), one row each.

    Columns: `participant_group_code, measure_code, breakdown, category_code, period_kind, month, value,
    value_lower, value_upper, is_suppressed, true_value`. `month` is the first day as a date, None for the
    average. `value` (Int64) is missing where suppressed; the bounds are then 0 and `threshold` - 1, else
    both equal it. `true_value` is the number of people behind the star. Rows come series by series in
    printed order, the average before the months; rows that `render` leaves out are not there. Raises
    ValueError for months outside 1 to 12.
    """
    counts = monthly_counts(figures, months)
    series = np.array(
        [
            (key.participant_group_code, key.measure_code, key.breakdown, key.category_code)
            for key in series_of(figures.family, figures.era)
        ],
        dtype=object,
    )
    numbers = np.column_stack([rounded_means(counts), counts])
    if leave_out_zero_unknown:
        printed = ~left_out(figures, counts)
        series, numbers = series[printed], numbers[printed]
    columns = numbers.shape[1]
    values = numbers.reshape(-1)
    suppressed = values < threshold
    periods: list[date | None] = [None, *(date(figures.year, month, 1) for month in range(1, months + 1))]
    kinds = ["average"] + ["month"] * months
    keys = {name: np.repeat(series[:, at], columns) for at, name in enumerate(KEY_COLUMNS)}
    return pd.DataFrame(
        {
            **keys,
            "period_kind": np.tile(np.array(kinds, dtype=object), len(numbers)),
            "month": pd.Series(np.tile(np.array(periods, dtype=object), len(numbers)), dtype=object),
            "value": pd.Series(values).astype("Int64").mask(suppressed),
            "value_lower": np.where(suppressed, 0, values),
            "value_upper": np.where(suppressed, threshold - 1, values),
            "is_suppressed": suppressed,
            "true_value": values,
        }
    )
