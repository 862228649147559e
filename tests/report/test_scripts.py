"""The report's own algorithms, run in the browser on many inputs."""

DIFFS = """() => {
  let seed = 7;
  const random = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
  const list = () => Array.from({ length: random(14) }, () => "abcd"[random(4)]);
  const longest = (a, b) => {
    const t = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
    for (let i = 1; i <= a.length; i += 1)
      for (let j = 1; j <= b.length; j += 1)
        t[i][j] = a[i - 1] === b[j - 1] ? t[i - 1][j - 1] + 1 : Math.max(t[i - 1][j], t[i][j - 1]);
    return t[a.length][b.length];
  };
  for (let n = 0; n < 3000; n += 1) {
    const [a, b] = [list(), list()];
    const runs = winnow.diff(a, b);
    const left = runs.flatMap((run) => a.slice(run.startLeft, run.endLeft));
    const right = runs.flatMap((run) => b.slice(run.startRight, run.endRight));
    const same = runs.filter((run) => run.same);
    const equal = same.every((run) => run.endLeft - run.startLeft === run.endRight - run.startRight
      && a.slice(run.startLeft, run.endLeft).every((one, i) => one === b[run.startRight + i]));
    const kept = same.reduce((sum, run) => sum + run.endLeft - run.startLeft, 0);
    if (left.join() !== a.join() || right.join() !== b.join() || !equal || kept !== longest(a, b))
      return [a.join(""), b.join(""), JSON.stringify(runs)];
  }
  return null;
}"""

PARTS = """async () => {
  const bare = (text) => text.replace(/\\s+/g, "");
  for (let n = 0; n < winnow.facts.entries; n += 1) {
    const entry = await winnow.entry(n);
    if (entry.state !== "document") continue;
    const pieces = winnow.parts(entry).flatMap((part) => part.gone || part.kept);
    const kept = pieces.filter((piece) => typeof piece === "string").join("");
    const indexes = pieces.filter((piece) => typeof piece !== "string").map((piece) => piece.index);
    if (bare(kept) !== bare(entry.row.text)) return [n, "kept"];
    if (indexes.join() !== entry.removed.map((_, i) => i).join()) return [n, "removed"];
  }
  return null;
}"""


def test_differences_are_right_and_shortest(page):
    page.open("")
    assert page.evaluate(DIFFS) is None


def test_texts_without_anything_in_common_take_no_time(page):
    page.open("")
    took = page.evaluate(
        """() => {
          const began = performance.now();
          winnow.diff(Array.from({length: 20000}, (_, n) => n),
                      Array.from({length: 20000}, (_, n) => -n - 1));
          return performance.now() - began;
        }"""
    )
    assert took < 3_000


def test_parts_hold_all_that_was_kept_and_removed_in_order(page):
    page.open("")
    assert page.evaluate(PARTS) is None
