/**
 * R14: hostile bytes for every parser and both verifiers. No input may crash, hang, or be accepted for what it is not.
 * SOCAI_SEED repeats a run. Documents are signed with new keys each time, so what was found is also kept as a file.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Random } from '#fixtures/random.js';
import { figure, FULL } from './figures.js';
import { campaign, FalseAccept, inputOf, type Outcome, type Target } from './fuzz/campaign.js';
import { disclosureTargets } from './fuzz/disclosure-targets.js';
import { documentTargets } from './fuzz/document-targets.js';
import { formatTargets } from './fuzz/format-targets.js';
import { babble, mutateBytes, mutateText } from './fuzz/mutation.js';
import { trustTargets } from './fuzz/trust-targets.js';
import { verifyTargets } from './fuzz/verify-targets.js';

const SEED = process.env['SOCAI_SEED'] ?? (FULL ? randomBytes(6).toString('hex') : 'so-cai');
const TARGETS = [
  ...formatTargets,
  ...verifyTargets,
  ...trustTargets,
  ...documentTargets,
  ...disclosureTargets,
];
const REPORTS = 'reports/fuzz';

describe('every parser and verifier, whatever the bytes', () => {
  const outcomes = new Map<string, Outcome>();
  afterAll(() => report(outcomes));

  test.each(TARGETS.map((target) => [target.name, target] as const))(
    '%s: no crash, no hang, no false accept',
    async (name, target) => {
      const outcome = await campaign(target, SEED, target.inputs[FULL ? 1 : 0]);
      outcomes.set(name, outcome);
      keep(target, outcome);
      expect(outcome.findings).toEqual([]);
      // Neither is the target deaf: some inputs are genuine, most are not.
      expect(outcome.accepted).toBeGreaterThan(0);
      expect(outcome.accepted).toBeLessThan(outcome.inputs);
    },
    2 * 60 * 60 * 1000,
  );
});

/** Keeps the bytes of what was found, which may not come again. */
function keep(target: Target, { findings }: Outcome): void {
  for (const finding of findings) {
    const i = Number(/input (\d+):/.exec(finding)?.[1]);
    mkdirSync(REPORTS, { recursive: true });
    writeFileSync(
      join(REPORTS, `${target.name.replaceAll(' ', '-')}-${SEED}-${String(i)}`),
      inputOf(target, SEED, i),
    );
  }
}

function report(outcomes: ReadonlyMap<string, Outcome>): void {
  const all = [...outcomes.values()];
  const inputs = all.reduce((sum, outcome) => sum + outcome.inputs, 0);
  const findings = all.flatMap((outcome) => outcome.findings);
  const slowest = [...outcomes].toSorted(([, a], [, b]) => b.slowest - a.slowest)[0];
  const least = FULL ? 1_000_000 : 20_000;
  figure({
    id: 'R14',
    what: `fuzz inputs, ${String(all.length)} parsers and verifiers: crashes, hangs, false accepts`,
    value: `${inputs.toLocaleString('en')}: ${String(findings.length)}`,
    bar: `≥ ${least.toLocaleString('en')}: 0`,
    holds: inputs >= least && findings.length === 0,
    detail: `seed ${SEED}; slowest input ${String(slowest?.[1].slowest ?? 0)} ms (${slowest?.[0] ?? ''}); ${[
      ...outcomes,
    ]
      .map(([name, outcome]) => `${name} ${String(outcome.inputs)}/${String(outcome.accepted)} accepted`)
      .join(', ')}`,
  });
}

describe('the campaign itself', () => {
  const target = (judge: Target['judge']): Target => ({
    name: 'planted',
    inputs: [1, 1],
    input: (random) => Uint8Array.of(random.below(4)),
    judge,
  });

  test('has as many inputs as the figure asks for', () => {
    const total = (form: 0 | 1): number => TARGETS.reduce((sum, { inputs }) => sum + inputs[form], 0);
    expect(total(0)).toBeGreaterThanOrEqual(20_000);
    expect(total(1)).toBeGreaterThanOrEqual(1_000_000);
  });

  test('finds a planted crash, a planted false accept and a planted hang, and says with which input', async () => {
    const crash = target(([byte]) => {
      if (byte === 3) (undefined as unknown as { missing: () => void }).missing();
      return false;
    });
    expect((await campaign(crash, 'seed', 100)).findings[0]).toMatch(
      /seed seed, input \d+: crash: TypeError.*1 bytes: Aw==/,
    );
    const lax = target(() => {
      throw new FalseAccept('anything goes');
    });
    expect((await campaign(lax, 'seed', 100)).findings).toHaveLength(5);
    const slow = target(() => new Promise((resolve) => setTimeout(() => resolve(true), 2100)));
    expect((await campaign(slow, 'seed', 1)).findings).toEqual([expect.stringContaining('hangs')]);
  }, 20_000);

  test('makes the same input of the same seed, and another of another', () => {
    for (const target of TARGETS) {
      const of = (seed: string): string =>
        Array.from({ length: 20 }, (_, i) => Buffer.from(inputOf(target, seed, i)).toString('base64')).join();
      expect(of('a')).toBe(of('a'));
      expect(of('a')).not.toBe(of('b'));
    }
  });

  test('changes what it is given nearly always', () => {
    const good = new TextEncoder().encode('index 257\nAAAA\n\nlog\n300\n');
    const changed = Array.from({ length: 300 }, (_, i) => {
      const random = new Random(String(i));
      return [mutateText(random, good, [good]), mutateBytes(random, good, [good]), babble(random)];
    }).flat();
    const same = changed.filter((bytes) => Buffer.compare(bytes, good) === 0);
    expect(same.length).toBeLessThan(changed.length / 10);
    expect(new Set(changed.map((bytes) => Buffer.from(bytes).toString('base64'))).size).toBeGreaterThan(600);
  });
});
