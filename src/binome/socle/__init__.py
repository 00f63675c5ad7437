"""What every web room stands on: settings, the time machine, typography, security, errors."""
