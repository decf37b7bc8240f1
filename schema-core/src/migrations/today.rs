//! The day, for the names of dated files.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today, in UTC, as `YYYYMMDD`: for names of files, where the format has a day in them. No text holds it.
#[must_use]
pub fn today() -> u32 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    civil(seconds / 86_400)
}

/// A day since 1970 as `YYYYMMDD`: <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn civil(days: u64) -> u32 {
    let z = days + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, date) in
            [(0, 19_700_101), (59, 19_700_301), (11_016, 20_000_229), (20_454, 20_260_101), (47_541, 21_000_301)]
        {
            assert_eq!(civil(days), date);
            assert_eq!(crate::migrations::day(&date.to_string()), Some(date));
        }
    }
}
