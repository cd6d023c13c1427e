"""SMS Backup & Restore for Android: text messages, multimedia messages and calls as XML."""
