"""What a price list may say and who may do what with it. Pure."""
