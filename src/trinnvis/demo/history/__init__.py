"""Two years of cases for the synthetic municipality, written in bulk as the services would have written them.

`HistoryWriter` collects rows and stores them. `CaseFile` is one case in memory. `opening`, `assessing` and
`deciding` hold the verbs, each named as the service it stands in for; a test holds them to the services' own
events and rows. `plans` says who gets what, `texts` in which words, and `telling` turns a plan into verbs.
"""
