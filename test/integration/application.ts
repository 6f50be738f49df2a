/** The whole application on a fresh database, listening, with its services at hand. */
import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { Config } from '#api/config.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { createServer } from '#api/server.js';
import { freshDatabase, type TestDatabase } from './engine.js';
import { TestWitnesses } from './witnesses.js';

/** As random as the one an installation makes, so that key files are quick to open. */
const PASSPHRASE = randomBytes(32).toString('base64url');

/** A type that Nest can look up. */
type Service<T> = abstract new (...args: never[]) => T;

export interface TestApplication {
  readonly place: TestDatabase;
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** Its logs' witnesses; they go on while the application is stopped. */
  readonly witnesses: TestWitnesses;
  get<T>(service: Service<T>): T;
  /** Stops the process's part; database and folder stay. */
  stop(): Promise<void>;
  /** Stops, and removes database and folder. */
  drop(): Promise<void>;
}

/** Settings of an application on this database. */
function configFor(place: TestDatabase, witnesses: TestWitnesses, failOpen: boolean): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    dataDir: place.folder,
    database: place.config,
    keyPassphraseFile: `${place.folder}/keys/passphrase`,
    witnessPolicy: witnesses.policy,
    failOpen,
    demo: 'none',
    logLevel: 'silent',
    publicUrl: 'http://localhost:3000',
  };
}

/** By folder: one set of witnesses an installation, however many applications run on it. */
const witnessesOf = new Map<string, TestWitnesses>();

/** Starts the application; on `place` when it is given (a restart), else on a fresh database. */
export async function startApplication(
  place?: TestDatabase,
  { failOpen = false }: { readonly failOpen?: boolean } = {},
): Promise<TestApplication> {
  const where = place ?? (await freshDatabase());
  const witnesses = witnessesOf.get(where.folder) ?? (await TestWitnesses.start(where.folder));
  witnessesOf.set(where.folder, witnesses);
  const installation = {
    config: configFor(where, witnesses, failOpen),
    log: pino({ level: 'silent' }),
    passphrase: PASSPHRASE,
  };
  const app = await createServer(installation, false);
  await app.listen(0, '127.0.0.1');
  // These tests count entries: an anchor comes only where one asks for it (anchor-times.test.ts has the timer).
  await app.get(Anchors, { strict: false }).onModuleDestroy();
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= app.close());
  return {
    place: where,
    app,
    url: await app.getUrl(),
    witnesses,
    get: (service) => app.get(service, { strict: false }),
    stop,
    drop: async () => {
      await stop();
      await witnesses.close();
      witnessesOf.delete(where.folder);
      await where.drop();
    },
  };
}
