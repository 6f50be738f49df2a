/** Which subtrees a range of leaves is made of. Sizes go to 2^53, so there is no bit arithmetic. */

/** The leaves start … end − 1, as RFC 6962 splits a tree: one subtree, perhaps not a full one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A full subtree: the leaves index × 2^height … (index + 1) × 2^height − 1. */
export interface Node {
  readonly height: number;
  readonly index: number;
}

/** The largest power of two below `count` (at least 2): where RFC 6962 section 2.1 splits a tree of `count` leaves. */
export function splitPoint(count: number): number {
  let point = 1;
  while (point * 2 < count) point *= 2;
  return point;
}

/** The full subtrees that make up a range, from left to right (the largest first). */
export function nodesOfRange({ start, end }: Range): Node[] {
  const nodes: Node[] = [];
  let from = start;
  while (from < end) {
    let [height, width] = [0, 1];
    while (from % (width * 2) === 0 && from + width * 2 <= end) [height, width] = [height + 1, width * 2];
    nodes.push({ height, index: from / width });
    from += width;
  }
  return nodes;
}
