/** Who is trusted, and who is accused: drafts and signed bundles of trust, proofs of misbehaviour. */
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { formatMisbehaviour, parseMisbehaviour, type PlacedEntry } from '#ledger/format/misbehaviour.js';
import { ED25519, formatNote, formatVkey, parseNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import { parseRootSet, parseTrustDraft } from '#ledger/format/trust-draft.js';
import { formatTrustBundle, parseTrustBundle } from '#ledger/format/trust.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { checkMisbehaviour } from '#ledger/verify/misbehaviour.js';
import { checkTrust } from '#ledger/verify/trust.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner } from '../../../ledger/test/logs.js';
import { leafOf, tilesOf } from '../../../ledger/test/trees.js';
import type { Target } from './campaign.js';
import { accepted, fixturesIn, genuine, inputs, sameAgain } from './parsing.js';

const ROOTS = [1, 2, 3].map((fill) =>
  seedSigner(`root-${String(fill)}.example/r`, ED25519, new Uint8Array(32).fill(fill)),
);
const rootLines = ROOTS.map((root) => `root ${formatVkey(root)}\n`).join('');

const DRAFT = `# of the department
socai-trust/v1
serial 7
expires 2027-06-30

threshold 2
${rootLines}quorum none
school th-ben-tram "Trường Tiểu học Bến Tràm"\tcan-tho
  log ${formatVkey(logSigner)}  from 0
`;

const draft: Target = {
  name: 'trust draft',
  inputs: [400, 30_000],
  input: inputs([utf8(DRAFT), ...bundleTexts()], 'text'),
  judge: (input) => {
    const bundle = accepted(() => parseTrustDraft(input));
    if (bundle === undefined) return false;
    const text = formatTrustBundle(bundle);
    const again = formatTrustBundle(parseTrustDraft(utf8(text)));
    return genuine(
      again === text && formatTrustBundle(parseTrustBundle(text)) === text,
      'its bundle is not canonical',
    );
  },
};

function bundleTexts(): Uint8Array[] {
  return fixturesIn('trust/valid').map((note) => utf8(parseNote(note).text));
}

const roots: Target = {
  name: 'list of roots',
  inputs: [300, 20_000],
  input: inputs(
    [utf8(`threshold 2\n${rootLines}`), utf8(`# one\nthreshold 1\nroot ${formatVkey(logSigner)}`)],
    'text',
  ),
  judge: (input) => {
    const set = accepted(() => parseRootSet(input));
    if (set === undefined) return false;
    const keys = new Set(set.roots.map(formatVkey));
    const possible = set.threshold >= 1 && set.threshold <= keys.size;
    return genuine(possible && keys.size === set.roots.length, 'a threshold that cannot be, or a root twice');
  },
};

const bundleText = formatTrustBundle(parseTrustDraft(utf8(DRAFT)));
const signatures = await Promise.all(ROOTS.map((root) => signNoteText(bundleText, root)));
const signed = formatNote({ text: bundleText, signatures });
const trust: Target = {
  name: 'checkTrust',
  inputs: [500, 30_000],
  input: inputs(
    [signed, formatNote({ text: bundleText, signatures: signatures.slice(1) }), ...fixturesIn('trust')],
    'text',
  ),
  judge: (input) => {
    const given = { threshold: 2, roots: ROOTS };
    const checked = accepted(() =>
      checkTrust(input, Date.parse('2027-01-01'), { roots: given, crypto: nodeCrypto }),
    );
    return checked === undefined
      ? false
      : genuine(checked.note.text === bundleText, 'the roots did not sign this text');
  },
};

/** Two histories that one key signed: they agree in no entry. */
const HISTORIES = ['honest', 'forked'].map((name) => {
  const leaf = (index: number): Uint8Array => (name === 'honest' ? leafOf(index) : leafOf(index + 1_000_000));
  return { name, leaf, trees: new Map([257, 300].map((size) => [size, tilesOf(size, leaf)])) };
});
const [honest, forked] = HISTORIES as [(typeof HISTORIES)[0], (typeof HISTORIES)[0]];

async function checkpointOf({ trees }: typeof honest, size: number): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: logSigner.name, size, root: treeOf(trees, size).root });
  return formatNote({ text, signatures: [await signNoteText(text, logSigner)] });
}

function treeOf(trees: (typeof honest)['trees'], size: number): ReturnType<typeof tilesOf> {
  const tree = trees.get(size);
  if (tree === undefined) throw new Error(`there is no tree of ${String(size)}`);
  return tree;
}

function reader({ trees }: typeof honest, size: number): TileTree {
  const { root, tiles } = treeOf(trees, size);
  return new TileTree(size, root, tiles, nodeCrypto.sha256);
}

async function placed(history: typeof honest, size: number, index: number): Promise<PlacedEntry> {
  return { index, leaf: history.leaf(index), hashes: await reader(history, size).proveInclusion(index) };
}

/** Accusations that hold, of each kind, and the same made of one honest history. */
async function accusations(): Promise<Uint8Array[]> {
  const files: Uint8Array[] = [];
  for (const other of [forked, honest]) {
    const small = await checkpointOf(honest, 257);
    const large = await checkpointOf(other, 300);
    files.push(
      formatMisbehaviour({
        checkpoints: [await checkpointOf(honest, 300), large],
        contradiction: { kind: 'same-size' },
      }),
      formatMisbehaviour({
        checkpoints: [small, large],
        contradiction: {
          kind: 'not-a-prefix',
          root: await reader(other, 300).rootAt(257),
          hashes: await reader(other, 300).proveConsistency(257),
        },
      }),
      formatMisbehaviour({
        checkpoints: [small, large],
        contradiction: {
          kind: 'other-entries',
          entries: [await placed(honest, 257, 5), await placed(other, 300, 5)],
        },
      }),
    );
  }
  return files;
}

const files = await accusations();
const forkedRoot = fromUtf8(await checkpointOf(forked, 300)).split('\n')[2] ?? '';

const misbehaviourFile: Target = {
  name: 'misbehaviour file',
  inputs: [400, 30_000],
  input: inputs(files, 'text'),
  judge: (input) => sameAgain(input, () => formatMisbehaviour(parseMisbehaviour(input))),
};

const misbehaviour: Target = {
  name: 'checkMisbehaviour',
  inputs: [500, 40_000],
  input: inputs(files, 'text'),
  judge: (input) => {
    const policy = { logs: [{ key: logSigner }], witnesses: [], groups: [], quorum: null };
    const checked = accepted(() => checkMisbehaviour(input, () => policy, nodeCrypto));
    if (checked === undefined) return false;
    const shown = checked.checkpoints.filter(
      ({ root }) => Buffer.from(root).toString('base64') === forkedRoot,
    );
    return genuine(shown.length === 1, 'an honest history is called a fork');
  },
};

export const trustTargets: readonly Target[] = [draft, roots, trust, misbehaviourFile, misbehaviour];
