"""A process of its own that cleans scrape after scrape, and can be killed at any time.

    process.py      start one, end one: the side that has work to give
    __main__.py     the side that does it
    scrapes.py      one scrape: read, cleaned, told as a result line
    results.py      result lines: what goes back, and what part files hold

Nothing here knows of batches, so that a worker loads no ledger and no index.
"""
