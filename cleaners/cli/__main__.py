"""`python -m cleaners.cli` is `winnow`."""

import sys

from cleaners.cli import main

sys.exit(main())
