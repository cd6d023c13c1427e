"""Messages on a Mac or an iPhone: `chat.db`, `sms.db`, and the calls in `CallHistory.storedata`."""
