"""Discord, as DiscordChatExporter writes a conversation: JSON with both sides."""
