"""Batches: plan, clean, commit.  What the command and the flows both call.

>>> with output_lock(out):
...     for plan in plans(paths, out, settings):
...         for shard in plan.shards:           # in parallel, in any process
...             part = clean_shard(shard)
...             commit_shard(part)              # one at a time, in this order
...         finish_run(plan)

All that is passed along is paths; each step can be done again without harm.
"""

from cleaners.batch.clean import clean_shard, clean_shards
from cleaners.batch.commit import Committer, commit_shard, finish_run
from cleaners.batch.ledger import Counts
from cleaners.batch.lock import output_lock
from cleaners.batch.plan import Plan, Redo, plan_shards, plans
from cleaners.batch.run import Reporter, Silence, cores, run_batch

__all__ = [
    "Committer",
    "Counts",
    "Plan",
    "Redo",
    "Reporter",
    "Silence",
    "clean_shard",
    "clean_shards",
    "commit_shard",
    "cores",
    "finish_run",
    "output_lock",
    "plan_shards",
    "plans",
    "run_batch",
]
