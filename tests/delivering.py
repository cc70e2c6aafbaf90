"""The units of `small_policy`."""

HOME, OFFICE = "hjemmetjenesten", "tildelingsenheten"
