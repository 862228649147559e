"""Pictures of what Prefect's pages show of Winnow's runs, taken by a headless Chromium.

    python tools/screenshots.py FOLDER

Opens, on the server of PREFECT_API_URL, the page of the newest finished run, its artifacts, and
the form in which a run of `nightly` is started by hand.  Needs Debian's `chromium`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import httpx

# The pages are drawn by scripts that load more and more; this much of their time is waited for.
_MILLISECONDS: Final = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    api = os.environ.get("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    for name, path in pages(api).items():
        shoot(f"{api.removesuffix('/api')}{path}", folder / f"{name}.png")
        print(folder / f"{name}.png")
    return 0


def pages(api: str) -> dict[str, str]:
    """Name and address of each page to be pictured."""

    def ask(what: str, **query: Any) -> list[dict[str, Any]]:
        answer = httpx.post(f"{api}/{what}/filter", json=query, timeout=10)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found

    completed = {"state": {"name": {"any_": ["Completed"]}}}
    (run,) = ask("flow_runs", flow_runs=completed, sort="END_TIME_DESC", limit=1)
    artifacts = ask("artifacts", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    (nightly,) = ask("deployments", deployments={"name": {"any_": ["nightly"]}})
    return {
        "run": f"/runs/flow-run/{run['id']}",
        "form": f"/deployments/deployment/{nightly['id']}/run",
        **{f"artifact-{a['type']}": f"/artifacts/artifact/{a['id']}" for a in artifacts},
    }


def shoot(address: str, picture: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                # Fading in takes no part of the virtual time.
                "--force-prefers-reduced-motion",
                "--run-all-compositor-stages-before-draw",
                f"--user-data-dir={profile}",
                "--window-size=1400,2400",
                f"--virtual-time-budget={_MILLISECONDS}",
                f"--screenshot={picture}",
                address,
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


if __name__ == "__main__":
    sys.exit(main())
