/**
 * The demo's trust bundle: which log, which authority and which witness belong to which school, signed by two of three
 * demo roots. It is made again, with a higher serial, whenever one of them changes. Its roots are on the same machine:
 * every verifier shows DEMO beside what rests on it.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { utf8 } from '#ledger/format/bytes.js';
import {
  ED25519,
  formatNote,
  formatVkey,
  parseNote,
  parseVkey,
  signNoteText,
  type NoteSigner,
  type VerifierKey,
} from '#ledger/format/note.js';
import {
  formatTrustBundle,
  parseTrustBundle,
  type RootSet,
  type TrustBundle,
  type TrustSchool,
} from '#ledger/format/trust.js';
import { DurableFiles, readIfThere } from '#ledger-node/durable-files.js';
import { SCHOOL_PROFILE } from '#signing/school-profile.js';
import { normalizeText } from '#transcript/text.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { InstallationSettings } from '../installation.module.js';
import { School } from '../school/school.entities.js';
import { DirectoryKey } from './directory-key.js';
import { KeyStore } from './key-store.js';
import { LedgerLog } from './ledger.entities.js';
import { SchoolAuthority } from './school-authority.js';
import { Witnesses } from './witnesses.js';

const ROOTS = ['1', '2', '3'] as const;
const THRESHOLD = 2;
const ROOT_NAME = 'demo-root.so-cai.example';
const FOLDER = 'trust';
const FILE = 'bundle';
/** The roots alone, for those who are to trust bundles that go back to them: the demo's witnesses. */
const ROOTS_FILE = 'roots';
/** Every bundle that was ever in force, by serial. */
const ARCHIVE = 'archive';
const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 365;
/** A bundle that ends sooner than this is made again. */
const RENEW_DAYS = 60;

@Injectable()
export class TrustKeeper {
  private readonly files: DurableFiles;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    settings: InstallationSettings,
    private readonly clock: Clock,
    private readonly keys: KeyStore,
    private readonly authority: SchoolAuthority,
    private readonly witnesses: Witnesses,
    private readonly directory: DirectoryKey,
  ) {
    this.files = new DurableFiles(join(settings.config.dataDir, FOLDER));
  }

  /** The signed bundle in force; undefined before the first school. */
  read(): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.files.root, FILE));
  }

  /** The serials of all bundles that are or were in force, rising. */
  async serials(): Promise<number[]> {
    const names = await readdir(join(this.files.root, ARCHIVE)).catch(() => []);
    return names
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** The signed bundle with this serial, in force or not. */
  readArchived(serial: number): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.files.root, ARCHIVE, String(serial)));
  }

  /** The bundle in force, parsed; undefined before the first school. */
  async bundle(): Promise<TrustBundle | undefined> {
    const note = await this.read();
    return note === undefined ? undefined : parseTrustBundle(parseNote(note).text);
  }

  /** Makes and signs a new bundle if schools, keys or witnesses are no longer those in force, or it ends soon. */
  refresh(): Promise<void> {
    const run = this.queue.then(() => this.renewIfNeeded());
    this.queue = run.catch(() => undefined);
    return run;
  }

  private async renewIfNeeded(): Promise<void> {
    const roots = await this.roots();
    // Other processes read the bundle, the witnesses too: they know nothing of a story's time.
    const now = Math.max(this.clock.now().getTime(), Date.now());
    const present = await this.bundle();
    const directory = await this.directory.signer();
    const content = {
      ...(directory === undefined ? {} : { directory: keyOf(directory) }),
      schools: await this.schools(),
      ...this.witnesses.description(),
      threshold: THRESHOLD,
      roots: roots.map(keyOf),
    };
    if (content.schools.length === 0) return;
    if (
      present !== undefined &&
      sameContent(present, content) &&
      endsLaterThan(present, now + RENEW_DAYS * DAY_MS)
    ) {
      return;
    }
    const expires = new Date(now + VALID_DAYS * DAY_MS).toISOString().slice(0, 10);
    // Also after a crash between archive and bundle: no serial is ever given to two texts.
    const last = Math.max(present?.serial ?? 0, (await this.serials()).at(-1) ?? 0);
    await this.write({ ...content, serial: last + 1, expires }, roots);
  }

  private async write(bundle: TrustBundle, roots: readonly NoteSigner[]): Promise<void> {
    const text = formatTrustBundle(bundle);
    const signatures = await Promise.all(roots.slice(0, THRESHOLD).map((root) => signNoteText(text, root)));
    const bytes = formatNote({ text, signatures });
    await this.files.write([{ path: ROOTS_FILE, bytes: rootsOf(bundle) }]);
    // In the archive first: whatever was in force can be had for ever, for the documents of its time.
    await this.files.write([{ path: `${ARCHIVE}/${String(bundle.serial)}`, bytes }]);
    await this.files.write([{ path: FILE, bytes }]);
  }

  private roots(): Promise<NoteSigner[]> {
    return Promise.all(ROOTS.map((n) => this.keys.noteSigner(`${ROOT_NAME}/${n}`, ED25519, 'demo-roots', n)));
  }

  private async schools(): Promise<TrustSchool[]> {
    const read = this.database.read;
    const vkeys = new Map((await read.find(LedgerLog)).map(({ schoolId, vkey }) => [schoolId, vkey]));
    const schools = (await read.find(School, { order: { slug: 'ASC' } })).filter(({ id }) => vkeys.has(id));
    return Promise.all(
      schools.map(async (school) => ({
        code: school.slug,
        name: normalizeText(school.name),
        province: provinceCode(school.province),
        logs: [{ key: parseVkey(vkeys.get(school.id) ?? ''), from: 0 }],
        cas: [{ ...(await this.authority.pinOf(school)), profile: SCHOOL_PROFILE }],
      })),
    );
  }
}

/** `threshold` and `root` lines, as a verifier is given them. */
function rootsOf({ threshold, roots }: RootSet): Uint8Array {
  return utf8(
    [`threshold ${String(threshold)}\n`, ...roots.map((root) => `root ${formatVkey(root)}\n`)].join(''),
  );
}

/** The public part of a signer. */
function keyOf({ name, type, keyId, publicKey }: VerifierKey): VerifierKey {
  return { name, type, keyId, publicKey };
}

/** A province as one word: "Tỉnh Sông Mây" → "song-may". */
function provinceCode(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/^(tinh|thanh pho)\s+/, '');
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'unknown';
}

function sameContent(present: TrustBundle, content: Omit<TrustBundle, 'serial' | 'expires'>): boolean {
  const { serial, expires } = present;
  return formatTrustBundle({ ...content, serial, expires }) === formatTrustBundle(present);
}

function endsLaterThan(bundle: TrustBundle, time: number): boolean {
  return Date.parse(`${bundle.expires}T00:00:00.000Z`) > time;
}
