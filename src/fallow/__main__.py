"""`python -m fallow` is the command `fallow`."""

from fallow.cli.main import main

if __name__ == "__main__":
    main()
