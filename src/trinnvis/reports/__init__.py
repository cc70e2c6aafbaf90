"""What the planning engines find, as figures, workbooks and packs (rapporter). No rules and no database."""
