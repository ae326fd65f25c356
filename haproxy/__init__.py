"""haproxy.cfg lies here; as a package its place is known wherever SnapSpend is installed."""
