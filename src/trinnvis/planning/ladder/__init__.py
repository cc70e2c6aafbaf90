"""The ladder as a model (trappemodellen): one table, three solvers. Method: docs/methods/ladder.md."""
