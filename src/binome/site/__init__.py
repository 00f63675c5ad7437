"""The public pages: simulator, rules, tasks, organisations."""
