"""Who may do what and why; accounts and roles; the read log (innsynslogg)."""
