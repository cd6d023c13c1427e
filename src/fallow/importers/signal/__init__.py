"""Signal: the official plaintext export, and what the program signal-export makes of Signal Desktop."""
