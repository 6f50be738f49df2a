// P2: the whole check of a log, beside what can hardly be avoided: hashing its entries to the root.
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { MerkleTree } from 'merkletreejs';
import { equal } from '#ledger/format/bytes.js';
import { leafHash } from '#ledger/format/hash.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { fsckFolder } from '#ledger-node/folder-fsck.js';
import { readFolderKey } from '#ledger-node/folder-sequencer.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { count, entriesOf, grow, median, newLog, progress, range, secondsOf } from './logs.mjs';

const BYTES = 250;
const ENTRIES = 1_000_000;
const ROUNDS = 5;
const PEER_LEAVES = 100_000;

/** @param {string} scratch */
export async function measure(scratch) {
  const folder = join(scratch, 'p2-log');
  await newLog(folder);
  await grow(folder, { from: 0, to: ENTRIES, bytes: BYTES });
  const key = await readFolderKey(folder);
  const entries = entriesOf(0, ENTRIES, BYTES);

  const seconds = { fsck: [], limit: [], own: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    progress(`P2 round ${round} of ${ROUNDS}`);
    let root;
    seconds.limit.push(await secondsOf(() => (root = rootOf(entries))));
    seconds.own.push(await secondsOf(() => ownRootOf(entries)));
    seconds.fsck.push(
      await secondsOf(async () => {
        const onFinding = ({ code, where }) => {
          throw new Error(`fsck found ${code} ${where} in a log that is whole`);
        };
        const checkpoint = await fsckFolder(folder, key, { onFinding });
        if (!equal(checkpoint.root, root)) throw new Error('fsck and the plain root disagree');
      }),
    );
  }
  const peer = await secondsOf(() => peerRootOf(entries.slice(0, PEER_LEAVES)));

  const ratios = seconds.fsck.map((time, i) => time / seconds.limit[i]);
  const ratio = median(ratios);
  const plainRate = ENTRIES / median(seconds.limit);
  return {
    id: 'P2',
    work: `ledger fsck of ${count(ENTRIES)} entries of ${BYTES} bytes: bundles, tiles of all sizes published, root, checkpoint`,
    lines: [
      `fsck:                                        ${median(seconds.fsck).toFixed(2)} s`,
      `limit, the RFC 6962 root alone, node:crypto: ${median(seconds.limit).toFixed(2)} s, entries in memory, written the plain way`,
      `the same with this ledger's own hashing:     ${median(seconds.own).toFixed(2)} s`,
      `ratio by round (${ROUNDS}):                         ${range(ratios)}`,
      `merkletreejs 0.6.0, ${count(PEER_LEAVES)} leaves: ${count(PEER_LEAVES / peer)} leaves/s; the plain root: ${count(plainRate)}/s. It tells leaves from nodes by no prefix, so its root is another one, and it keeps all levels in memory`,
    ],
    ratio,
    goal: '≤ 1.5 × the limit',
    holds: ratio <= 1.5,
  };
}

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** RFC 6962 section 2.1 level by level, as one writes it down with node:crypto. @param {readonly Uint8Array[]} entries */
function rootOf(entries) {
  let level = entries.map((entry) => hash('sha256', Buffer.concat([LEAF, entry]), 'buffer'));
  while (level.length > 1) {
    const above = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]];
      above.push(right === undefined ? left : hash('sha256', Buffer.concat([NODE, left, right]), 'buffer'));
    }
    level = above;
  }
  return level[0];
}

/** @param {readonly Uint8Array[]} entries */
function ownRootOf(entries) {
  const edge = TreeEdge.empty(nodeCrypto.sha256);
  for (const entry of entries) edge.append(leafHash(entry, nodeCrypto.sha256));
  return edge.root();
}

/** @param {readonly Uint8Array[]} entries */
function peerRootOf(entries) {
  const sha256 = (data) => hash('sha256', data, 'buffer');
  return new MerkleTree(entries.map(sha256), sha256).getRoot();
}
