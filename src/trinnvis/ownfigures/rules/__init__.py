"""Pure rules of own figures: what columns and cells mean, and what is wrong with them."""
