"""The process behind the wall, as `lancement` starts it."""

from binome.cloison.enfant import main

main()
