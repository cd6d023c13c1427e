"""Discord: DiscordChatExporter's JSON with both sides, and its own package of a person's data with one."""
