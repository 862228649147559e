"use strict";
// Differences of two lists, by Myers' O(ND) algorithm (E. W. Myers, 1986), bounded in time.

{
  const MOST = 2500; // differences; two texts further apart have nothing worth aligning

  // [["same"|"left"|"right", start, end, startRight, endRight], ...]: runs of both lists
  winnow.diff = function diff(left, right) {
    let start = 0;
    while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
    let endLeft = left.length;
    let endRight = right.length;
    while (endLeft > start && endRight > start && left[endLeft - 1] === right[endRight - 1]) {
      endLeft -= 1;
      endRight -= 1;
    }
    const runs = [];
    add(runs, true, start, start, [0, 0]);
    const pairs = matches(left.slice(start, endLeft), right.slice(start, endRight));
    let at = [start, start];
    for (const [l, r] of pairs) {
      add(runs, false, start + l, start + r, at);
      at = [start + l, start + r];
      add(runs, true, at[0] + 1, at[1] + 1, at);
      at = [at[0] + 1, at[1] + 1];
    }
    add(runs, false, endLeft, endRight, at);
    add(runs, true, left.length, right.length, [endLeft, endRight]);
    return runs;
  };

  function add(runs, same, endLeft, endRight, [startLeft, startRight]) {
    if (endLeft === startLeft && endRight === startRight) return;
    const last = runs[runs.length - 1];
    if (last && last.same === same) Object.assign(last, { endLeft, endRight });
    else runs.push({ same, startLeft, endLeft, startRight, endRight });
  }

  // The pairs of equal elements on a shortest path.
  function matches(left, right) {
    const n = left.length;
    const m = right.length;
    if (!n || !m) return [];
    const most = Math.min(n + m, MOST);
    const furthest = new Int32Array(2 * most + 3);
    const trace = [];
    const middle = most + 1;
    for (let d = 0; d <= most; d += 1) {
      trace.push(furthest.slice(middle - d - 1, middle + d + 2));
      for (let k = -d; k <= d; k += 2) {
        const down = k === -d || (k !== d && furthest[middle + k - 1] < furthest[middle + k + 1]);
        let x = down ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
        while (x < n && x - k < m && left[x] === right[x - k]) x += 1;
        furthest[middle + k] = x;
        if (x >= n && x - k >= m) return walk(trace, n, m);
      }
    }
    return [];
  }

  function walk(trace, n, m) {
    const pairs = [];
    let x = n;
    let y = m;
    for (let d = trace.length - 1; d >= 0 && (x > 0 || y > 0); d -= 1) {
      const before = trace[d]; // holds k = -d-1 .. d+1
      const k = x - y;
      const get = (k2) => before[k2 + d + 1];
      const down = k === -d || (k !== d && get(k - 1) < get(k + 1));
      const lastK = down ? k + 1 : k - 1;
      const lastX = d ? get(lastK) : 0;
      const lastY = d ? lastX - lastK : 0;
      while (x > lastX && y > lastY) {
        x -= 1;
        y -= 1;
        pairs.push([x, y]);
      }
      if (!d) break;
      x = lastX;
      y = lastY;
    }
    return pairs.reverse();
  }
}
