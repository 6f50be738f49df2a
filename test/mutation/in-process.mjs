// A test runner for Stryker that runs the tests of a pure room in this very process: milliseconds a mutant, where a Jest
// run takes seconds. Only for tests that start no process and share nothing but what they make themselves.
import { register } from 'node:module';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMESPACE = '__stryker__';
/** Microseconds of processor time: a test that takes longer is not run for each mutant, and kills none. */
const SLOW = 300_000;
/** What is always there: the channels to Stryker. */
const OWN_RESOURCES = new Set(['PipeWrap', 'TCPSocketWrap', 'TTYWrap', 'MessagePort']);
/** Looks, ten milliseconds apart, after which a test that waits while nothing goes on is taken to wait for ever. */
const LOOKS = 30;
const STUCK = 'waits for what never comes';

class InProcessRunner {
  static inject = ['options'];
  /** The folder of the tests; the beginnings of the names of those to run, if not all; parts of the names of others. */
  tests;
  only;
  leftOut;
  /** Test files by path: their tests, as loaded last. */
  files = new Map();
  /** Tests that were too slow once (SLOW): left out, as where the dry run shows what covers a mutant. */
  slow = new Set();
  version = 0;
  /** A test has left something behind that makes it fail without a mutant too: load all afresh before the next. */
  dirty = false;

  constructor({ inProcess }) {
    Object.assign(this, inProcess);
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    register('./loader.mjs', import.meta.url);
    ({ collect: this.collect } = await import('./registry.mjs'));
    this.paths = readdirSync(this.tests, { recursive: true })
      .filter((name) => name.endsWith('.test.ts') && !this.leftOut.some((part) => name.includes(part)))
      .filter((name) => this.only === undefined || this.only.some((part) => name.startsWith(part)))
      .map((name) => join(this.tests, name))
      .sort();
    this.stryker = globalThis[NAMESPACE] ??= {};
  }

  async dryRun() {
    this.stryker.mutantCoverage = { static: {}, perTest: {} };
    this.stryker.currentTestId = undefined;
    await this.load(this.paths);
    const tests = [];
    for (const [fileName, file] of this.files) {
      await runAll(file.before);
      for (const test of file.tests) {
        this.stryker.currentTestId = test.id;
        const [started, startedCpu] = [performance.now(), process.cpuUsage()];
        const failure = await failureOf(test);
        this.stryker.currentTestId = undefined;
        const timeSpentMs = performance.now() - started;
        if (process.cpuUsage(startedCpu).user > SLOW) delete this.stryker.mutantCoverage.perTest[test.id];
        const result = { id: test.id, name: test.id, fileName, timeSpentMs };
        tests.push(
          failure === undefined
            ? { ...result, status: 0 }
            : { ...result, status: 1, failureMessage: String(failure) },
        );
      }
    }
    const { mutantCoverage } = this.stryker;
    delete this.stryker.mutantCoverage;
    // What also runs inside a test needs no fresh load to show: only what runs at load alone does.
    for (const covered of Object.values(mutantCoverage.perTest))
      for (const id of Object.keys(covered)) delete mutantCoverage.static[id];
    return { status: 'complete', tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, reloadEnvironment, mutantActivation }) {
    if (reloadEnvironment || this.dirty) this.files.clear();
    if (this.dirty || reloadEnvironment) this.version++;
    this.dirty = reloadEnvironment;
    this.stryker.hitCount = hitLimit === undefined ? undefined : 0;
    // Stryker's limit is a hundred times what the tests need without a mutant: memory may run out before.
    this.stryker.hitLimit = hitLimit === undefined ? undefined : Math.ceil(hitLimit / 50) + 10_000;
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    let count = 0;
    try {
      for (const path of this.paths) {
        if (wanted !== undefined && ![...wanted].some((id) => id.startsWith(`${path} › `))) continue;
        this.stryker.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
        const failedLoad = await this.load([path]).then(
          () => undefined,
          (error) => ({ error }),
        );
        if (failedLoad !== undefined) {
          // With the mutant active the file cannot even be loaded: that is noticed too.
          this.dirty = true;
          return this.killed(path, failedLoad.error, ++count);
        }
        const file = this.files.get(path);
        this.stryker.activeMutant = activeMutant.id;
        await runAll(file.before);
        try {
          for (const test of file.tests) {
            if (wanted === undefined ? this.slow.has(test.id) : !wanted.has(test.id)) continue;
            count++;
            const startedCpu = process.cpuUsage();
            const failure = await failureOf(test);
            if (failure === undefined) {
              if (process.cpuUsage(startedCpu).user > SLOW) this.slow.add(test.id);
              continue;
            }
            // The next mutant is likely to be noticed by the same file.
            this.paths = [path, ...this.paths.filter((other) => other !== path)];
            await this.checkClean(test);
            return this.killed(test.id, failure, count);
          }
        } finally {
          await runAll(file.after);
        }
      }
      return { status: 'survived', nrOfTests: count };
    } finally {
      this.stryker.activeMutant = undefined;
    }
  }

  killed(id, failure, nrOfTests) {
    const { hitCount, hitLimit } = this.stryker;
    if (hitLimit !== undefined && hitCount > hitLimit)
      return { status: 'timeout', reason: 'hit limit reached' };
    if (failure === STUCK) return { status: 'timeout', reason: STUCK };
    return {
      status: 'killed',
      killedBy: [id],
      failureMessage: String(failure?.message ?? failure),
      nrOfTests,
    };
  }

  /** Whether the test that failed passes again without the mutant. */
  async checkClean(test) {
    const { hitLimit, hitCount } = this.stryker;
    Object.assign(this.stryker, { activeMutant: undefined, hitLimit: undefined });
    if ((await failureOf(test)) !== undefined) this.dirty = true;
    Object.assign(this.stryker, { hitLimit, hitCount });
  }

  async load(paths) {
    for (const path of paths) {
      if (this.files.has(path)) continue;
      const url = `${pathToFileURL(path).href}?v=${String(this.version)}`;
      this.files.set(path, await this.collect(path, () => import(url)));
    }
  }
}

/** What a test failed with; STUCK when it waits and nothing is under way that could end that; undefined if it passed. */
async function failureOf(test) {
  let hasEnded = false;
  const ended = (async () => {
    try {
      await test.run();
      return undefined;
    } catch (error) {
      return error ?? new Error('failed');
    } finally {
      hasEnded = true;
    }
  })();
  return Promise.race([ended, stuck(() => hasEnded)]);
}

/** Answers STUCK when nothing but this has gone on in the process for a while. No clock: a busy machine is not stuck. */
async function stuck(hasEnded) {
  for (let idle = 0; idle < LOOKS && !hasEnded();) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    idle = process.getActiveResourcesInfo().every((name) => OWN_RESOURCES.has(name)) ? idle + 1 : 0;
  }
  return STUCK;
}

async function runAll(steps) {
  for (const step of steps) await step();
}

/** Prints each mutant that no test noticed, and how far the run is. */
class Survivors {
  static inject = [];
  tested = 0;

  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (++this.tested % 200 === 0) console.log(`… ${String(this.tested)} mutants tested`);
    if (status !== 'Survived' && status !== 'NoCoverage') return;
    const place = `${relative(process.cwd(), fileName)}:${location.start.line}:${location.start.column}`;
    const change = (replacement ?? '').replaceAll(/\s+/g, ' ').slice(0, 100);
    console.log(`${status === 'Survived' ? 'survived' : 'untested'} ${place} ${mutatorName} → ${change}`);
  }
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'in-process', injectableClass: InProcessRunner },
  { kind: 'Reporter', name: 'survivors', injectableClass: Survivors },
];
