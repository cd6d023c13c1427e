"""Telegram Desktop's machine-readable export: `result.json`, of one chat or of everything."""
