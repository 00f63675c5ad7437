"""Taking documents in: checked by their content, in a process of their own, then shelved."""
