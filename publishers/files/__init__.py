"""Files to take away: the readers' tables in the formats of spreadsheets, programs and official statistics."""
