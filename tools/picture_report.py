"""A picture of a report: the page of a document with what was removed from it.

    python tools/picture_report.py REPORT PICTURE [--state STATE] [--dark] [--size 1280x800]

STATE is what stands behind `#/` in the address.  Needs Debian's `chromium` and playwright.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--state", default="documents?doc=5")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1180x700")
    args = parser.parse_args()
    browser_path = shutil.which("chromium")
    if browser_path is None:
        print("picture_report: no chromium; install it (apt-get install chromium)")
        return 1
    width, _, height = args.size.partition("x")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": int(width), "height": int(height)},
            color_scheme="dark" if args.dark else "light",
        )
        page.goto(f"{(args.report.resolve() / 'index.html').as_uri()}#/{args.state}")
        page.wait_for_selector("main > *")
        page.wait_for_timeout(700)
        page.screenshot(path=args.picture)
        browser.close()
    print(args.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
