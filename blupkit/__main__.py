"""The command line where its own program is not on the PATH: `python -m blupkit`."""

from blupkit.cli import main

if __name__ == "__main__":  # on Windows a page's process imports this file anew, and must not run it again
    main()
