"""`python -m binome`."""

from binome.cli import main

if __name__ == "__main__":
    main()
