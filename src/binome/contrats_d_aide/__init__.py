"""Aid contracts as living things: their people, their events, their clocks, the money that they bring."""
