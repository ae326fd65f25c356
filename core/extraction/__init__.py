"""From a reading to a receipt, by pure functions over lines and boxes."""
