"""The partition wall: a file of unknown hands is read in a process of its own, with little to spend.

`lancement.lancer` starts a module of the house behind the wall; `enfant` is what it starts, and gives up
there what a hostile file could use; `places` bounds how many are behind it at a time.
"""
