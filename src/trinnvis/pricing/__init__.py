"""Price lists (prislister): drafted, edited and adopted as versions; and indexes to convert them by."""
