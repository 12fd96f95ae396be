"""``python -m sco_research`` is ``sco-research``."""

from sco_research.cli.main import main

if __name__ == "__main__":
    main()
