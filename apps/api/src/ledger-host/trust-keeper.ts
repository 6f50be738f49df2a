/**
 * The demo's trust bundle: which log, which authority and which witness belong to which school, signed by two of three
 * demo roots. It is made again, with a higher serial, whenever one of them changes. Its roots are on the same machine:
 * every verifier shows DEMO beside what rests on it.
 */
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  ED25519,
  formatNote,
  parseNote,
  parseVkey,
  signNoteText,
  type NoteSigner,
} from '#ledger/format/note.js';
import {
  formatTrustBundle,
  parseTrustBundle,
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
import { DemoWitness } from './demo-witness.js';
import { KeyStore } from './key-store.js';
import { LedgerLog } from './ledger.entities.js';
import { SchoolAuthority } from './school-authority.js';

const ROOTS = ['1', '2', '3'] as const;
const THRESHOLD = 2;
const ROOT_NAME = 'demo-root.so-cai.example';
const FILE = 'bundle';
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
    private readonly settings: InstallationSettings,
    private readonly clock: Clock,
    private readonly keys: KeyStore,
    private readonly authority: SchoolAuthority,
    private readonly witness: DemoWitness,
  ) {
    this.files = new DurableFiles(join(settings.config.dataDir, 'trust'));
  }

  /** The signed bundle in force; undefined before the first school. */
  read(): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.settings.config.dataDir, 'trust', FILE));
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
    const now = this.clock.now().getTime();
    const present = await this.bundle();
    const content = {
      schools: await this.schools(),
      witnesses: [await this.witness.description()],
      groups: [],
      quorum: (await this.witness.description()).name,
      threshold: THRESHOLD,
      roots: roots.map(({ name, type, keyId, publicKey }) => ({ name, type, keyId, publicKey })),
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
    await this.write({ ...content, serial: (present?.serial ?? 0) + 1, expires }, roots);
  }

  private async write(bundle: TrustBundle, roots: readonly NoteSigner[]): Promise<void> {
    const text = formatTrustBundle(bundle);
    const signatures = await Promise.all(roots.slice(0, THRESHOLD).map((root) => signNoteText(text, root)));
    await this.files.write([{ path: FILE, bytes: formatNote({ text, signatures }) }]);
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
