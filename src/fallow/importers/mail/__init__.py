"""E-mail: mbox files, as Google, Thunderbird and Apple Mail write them, Maildir folders and single letters (`.eml`)."""
