"""The ladder as a model (trappemodellen): one transition table, three solvers. Method: docs/methods/ladder.md."""
