/**
 * `socai trust`: making a trust bundle, signing it by each root holder on a machine of their own, and checking one. A
 * bundle travels between them as a file: first the text alone, then with one signature line more from each.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { equal, utf8 } from '#ledger/format/bytes.js';
import {
  ED25519,
  formatNote,
  formatVkey,
  sameKey,
  signNoteText,
  type VerifierKey,
} from '#ledger/format/note.js';
import { parseTrustDraft } from '#ledger/format/trust-draft.js';
import { formatTrustBundle, parseTrustBundle, type TrustBundle } from '#ledger/format/trust.js';
import { openTrust, rootsThatSigned } from '#ledger/verify/trust.js';
import { createKeyFile, openKeyFile } from '#ledger-node/key-file.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { EXIT, type CommandIo } from './io.js';
import { parseOptions, passphraseOf, subcommandsOf, UsageError, type Options } from './options.js';
import { check } from './trust-check.js';
import { readBundleFile, replaceFile } from './trust-file.js';
import { describeChanges, describeContents, describeSigners } from './trust-words.js';

const USAGE = `usage: socai trust keygen --out KEY --name N        a root key; prints the line to put into bundles
       socai trust make --from DRAFT --out F [--previous P] [--serial N] [--expires DATE]
       socai trust sign --bundle F --key KEY [--name N] [--previous P] [--out F2]
       socai trust check --bundle F [--previous P]… [--roots FILE] [--now DATE] [--directory DIR|URL]
`;

/** `socai trust <subcommand>`: answers the exit status of contracts/cli.md. */
export const trustCommand = subcommandsOf('trust', USAGE, { keygen, make, sign, check });

async function keygen(args: readonly string[], io: CommandIo): Promise<number> {
  const { out = '', name = '' } = parseOptions(args, ['out', 'name']);
  const passphrase = await passphraseOf(io);
  const key = await createKeyFile(out, name, ED25519, passphrase);
  if (passphrase === undefined) {
    io.stderr.write(`warning: ${out} is not encrypted; set SOCAI_KEY_PASSPHRASE_FILE to encrypt it\n`);
  }
  io.stdout.write(`root ${formatVkey(key)}\n`);
  return EXIT.ok;
}

/** The canonical text of a draft (or of a bundle that is to be changed), ready to be signed. */
async function make(args: readonly string[], io: CommandIo): Promise<number> {
  const options = parseOptions(args, ['from', 'out'], ['previous', 'serial', 'expires']);
  const { from = '', out = '', previous: previousPath, serial, expires } = options;
  const draft = utf8((await readBundleFile(from)).text);
  const previous =
    previousPath === undefined ? undefined : openTrust(await readFile(previousPath), nodeCrypto);
  const next = previous === undefined ? undefined : String(previous.bundle.serial + 1);
  const bundle = parseTrustDraft(draft, {
    ...((serial ?? next) === undefined ? {} : { serial: serial ?? next ?? '' }),
    ...(expires === undefined ? {} : { expires }),
  });
  if (previous !== undefined && bundle.serial <= previous.bundle.serial) {
    throw new UsageError(
      `--serial ${String(bundle.serial)}: after ${String(previous.bundle.serial)} it rises`,
    );
  }
  await writeFile(out, formatTrustBundle(bundle), { flag: 'wx' });
  io.stdout.write(`trust bundle ${String(bundle.serial)}: ${describeContents(bundle)}\n`);
  if (previous !== undefined) io.stdout.write(joined(describeChanges(previous.bundle, bundle)));
  io.stderr.write(`wrote ${out}\n`);
  return EXIT.ok;
}

/** Adds the signature of one root, after saying what is signed. */
async function sign(args: readonly string[], io: CommandIo): Promise<number> {
  const options = parseOptions(args, ['bundle', 'key'], ['name', 'previous', 'out']);
  const { bundle: path = '', key = '', previous: previousPath, out = path } = options;
  const note = await readBundleFile(path);
  const bundle = parseTrustBundle(note.text);
  const previous =
    previousPath === undefined ? undefined : openTrust(await readFile(previousPath), nodeCrypto);
  if (previous !== undefined && bundle.serial <= previous.bundle.serial) {
    throw new UsageError(
      `bundle ${String(bundle.serial)} does not come after ${String(previous.bundle.serial)}: nothing is signed`,
    );
  }
  const roots = [...bundle.roots, ...(previous?.bundle.roots ?? [])];
  // Whatever was signed before must hold: else the text was changed under the other holders' signatures.
  rootsThatSigned(note, { roots, threshold: roots.length }, nodeCrypto);
  io.stderr.write(joined(describeSigning(bundle, previous?.bundle)));
  const holder = await openKeyFile(key, options['name'] ?? 'root', ED25519, await passphraseOf(io));
  const signatures = [...note.signatures];
  for (const root of ownRoots(holder, roots, options)) {
    const isThere = signatures.some(({ name, keyId }) => name === root.name && keyId === root.keyId);
    if (!isThere)
      signatures.push(await signNoteText(note.text, { ...root, sign: (message) => holder.sign(message) }));
    io.stderr.write(`${isThere ? 'had been signed' : 'signed'} by ${root.name}\n`);
  }
  await replaceFile(out, formatNote({ text: note.text, signatures }));
  const signedBy = rootsThatSigned({ text: note.text, signatures }, bundle, nodeCrypto);
  io.stdout.write(joined(describeSigners(bundle, signedBy, '')));
  io.stderr.write(`wrote ${out}\n`);
  return EXIT.ok;
}

function describeSigning(bundle: TrustBundle, previous: TrustBundle | undefined): string[] {
  return [
    `signing trust bundle ${String(bundle.serial)}, which expires on ${bundle.expires}`,
    describeContents(bundle),
    ...(previous === undefined
      ? ['what changes is not shown: give the bundle in force with --previous']
      : describeChanges(previous, bundle)),
  ];
}

/** Which of these roots the key in the file is: two when it has one name among the old and one among the new. */
function ownRoots(
  { publicKey }: VerifierKey,
  roots: readonly VerifierKey[],
  { key = '', name }: Options,
): VerifierKey[] {
  const own = roots.filter((root) => equal(root.publicKey, publicKey));
  const named = own.filter((root) => name === undefined || root.name === name);
  if (named.length > 0) return named.filter((root, i) => named.findIndex((r) => sameKey(r, root)) === i);
  throw new UsageError(
    own[0] === undefined
      ? `${key} is no root of this bundle; a root of the bundle before signs with --previous`
      : `${key} is the root ${own[0].name}, not ${name ?? ''}`,
  );
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
