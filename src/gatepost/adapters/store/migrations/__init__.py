"""How the tables beside the ledger came to be, step by step; Django runs them."""
