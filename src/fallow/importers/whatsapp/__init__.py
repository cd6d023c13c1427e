"""WhatsApp's exported chats: Android and iOS text, alone or in a zip, in every layout and language seen."""
