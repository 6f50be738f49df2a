/** A trust bundle in words: what it holds, who signed it, and what differs from the one before. */
import { toHex } from '#ledger/format/bytes.js';
import { formatVkey, sameKey, type VerifierKey } from '#ledger/format/note.js';
import type { RootSet, TrustBundle, TrustSchool } from '#ledger/format/trust.js';

/** One line about what a bundle holds. */
export function describeContents(bundle: TrustBundle): string {
  const { schools, witnesses, quorum, directory } = bundle;
  return [
    count(schools.length, 'school'),
    count(witnesses.length, 'witness', 'witnesses'),
    quorum === null ? 'no quorum needed' : `quorum ${quorum}`,
    directory === undefined ? 'no directory log' : `directory ${directory.name}`,
  ].join(', ');
}

/** "2 of 3 roots signed, 2 are needed", and the name of each that did and did not. */
export function describeSigners(set: RootSet, signedBy: readonly VerifierKey[], whose: string): string[] {
  const { roots, threshold } = set;
  return [
    `${String(signedBy.length)} of ${count(roots.length, `root`)}${whose} signed, ${String(threshold)} needed`,
    ...roots.map((root) => `  ${signedBy.includes(root) ? 'signed ' : 'missing'} ${root.name}`),
  ];
}

/** What `next` says that `previous` did not (+) and the other way round (-), a line each; serials are left out. */
export function describeChanges(previous: TrustBundle, next: TrustBundle): string[] {
  const [before, after] = [linesOf(previous), linesOf(next)];
  const lines = [
    ...before.filter((line) => !after.includes(line)).map((line) => `  - ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `  + ${line}`),
  ];
  return [
    lines.length === 0
      ? `nothing else changes since bundle ${String(previous.serial)}`
      : `changes since bundle ${String(previous.serial)}:`,
    ...lines,
    ...(sameRoots(previous, next)
      ? []
      : ['THE ROOTS CHANGE: a quorum of the old and of the new ones has to sign']),
  ];
}

/** Whether the same roots decide under the same threshold. */
export function sameRoots(a: RootSet, b: RootSet): boolean {
  return (
    a.threshold === b.threshold &&
    a.roots.length === b.roots.length &&
    a.roots.every((root) => b.roots.some((other) => sameKey(root, other)))
  );
}

function linesOf(bundle: TrustBundle): string[] {
  const { expires, directory, schools, witnesses, groups, quorum, threshold, roots } = bundle;
  return [
    `expires ${expires}`,
    ...(directory === undefined ? [] : [`directory ${formatVkey(directory)}`]),
    ...schools.flatMap(schoolLines),
    ...witnesses.map(
      ({ name, key, operator, url }) => `witness ${name} ${formatVkey(key)} ${operator} ${url ?? ''}`,
    ),
    ...groups.map(({ name, rule, members }) => `group ${name} ${String(rule)} ${members.join(' ')}`),
    `quorum ${quorum ?? 'none'}`,
    `threshold ${String(threshold)}`,
    ...roots.map((root) => `root ${formatVkey(root)}`),
  ];
}

function schoolLines({ code, name, province, logs, cas }: TrustSchool): string[] {
  const range = (from: string | number, to: string | number | undefined): string =>
    `from ${String(from)}${to === undefined ? '' : ` to ${String(to)}`}`;
  return [
    `school ${code} "${name}" ${province}`,
    ...logs.map(({ key, from, to }) => `school ${code}: log ${formatVkey(key)} ${range(from, to)}`),
    ...cas.map(
      ({ spki, profile, from, to }) => `school ${code}: ca ${toHex(spki)} ${profile} ${range(from, to)}`,
    ),
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}
