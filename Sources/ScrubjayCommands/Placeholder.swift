// ScrubjayCommands
