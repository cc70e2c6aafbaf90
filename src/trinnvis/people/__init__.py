"""Citizens, households, dwellings, next of kin, mandates and consents."""
