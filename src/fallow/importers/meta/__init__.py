"""Messenger and Instagram, as Meta lets people download their information: one shape of JSON, two channels."""
