/**
 * The installation's trust bundle: which logs, authorities and witnesses belong to which school. Until roots elsewhere
 * have signed one, it is the demo's own, signed by two of three demo roots on this machine, and made again, with a higher
 * serial, whenever something changes; every verifier shows DEMO beside what rests on it. A bundle signed by real roots
 * comes into force through the file `incoming`; from then on the installation only drafts the next one.
 */
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import {
  ED25519,
  formatNote,
  parseNote,
  sameKey,
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
import { VerifyError } from '#ledger/verify/errors.js';
import { checkSuccession, checkTrust, openTrust } from '#ledger/verify/trust.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { normalizeText } from '#transcript/text.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { InstallationSettings } from '../installation.module.js';
import { School } from '../school/school.entities.js';
import { DirectoryKey } from './directory-key.js';
import { KeyStore } from './key-store.js';
import { trustedKeysOf } from './ledger-keys.js';
import { LedgerLog } from './ledger.entities.js';
import { SchoolAuthority } from './school-authority.js';
import { TrustFolder } from './trust-folder.js';
import { Witnesses } from './witnesses.js';

const ROOTS = ['1', '2', '3'] as const;
const THRESHOLD = 2;
const ROOT_NAME = 'demo-root.so-cai.example';
const FOLDER = 'trust';
const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 365;
/** A bundle that ends sooner than this is made again. */
const RENEW_DAYS = 60;

@Injectable()
export class TrustKeeper {
  private readonly folder: TrustFolder;
  private readonly logger = new Logger('trust');

  constructor(
    private readonly database: Database,
    settings: InstallationSettings,
    private readonly clock: Clock,
    private readonly keys: KeyStore,
    private readonly authority: SchoolAuthority,
    private readonly witnesses: Witnesses,
    private readonly directory: DirectoryKey,
  ) {
    this.folder = new TrustFolder(join(settings.config.dataDir, FOLDER));
  }

  /** The signed bundle in force; undefined before the first school. */
  read(): Promise<Uint8Array | undefined> {
    return this.folder.read();
  }

  /** The serials of all bundles that are or were in force, rising. */
  serials(): Promise<number[]> {
    return this.folder.serials();
  }

  /** The signed bundle with this serial, in force or not. */
  readArchived(serial: number): Promise<Uint8Array | undefined> {
    return this.folder.readArchived(serial);
  }

  /** The bundle in force, parsed; undefined before the first school. */
  async bundle(): Promise<TrustBundle | undefined> {
    const note = await this.read();
    return note === undefined ? undefined : parseTrustBundle(parseNote(note).text);
  }

  /**
   * Makes and signs a new bundle if schools, keys or witnesses are no longer those in force, or it ends soon. When the
   * bundle in force is not the demo's, only a draft for its roots is written.
   */
  refresh(): Promise<void> {
    return this.folder.exclusively(() => this.renewIfNeeded());
  }

  /** Puts the bundle in `incoming` in force when it succeeds the present one. One that does not is named and removed. */
  async takeIncoming(): Promise<void> {
    if ((await this.folder.readIncoming()) === undefined) return;
    await this.folder.exclusively(async () => {
      const note = await this.folder.readIncoming();
      if (note === undefined) return;
      try {
        await this.putInForce(note);
      } catch (error) {
        if (!(error instanceof VerifyError)) throw error;
        this.logger.error(`the trust bundle in trust/incoming is refused: ${error.code}: ${error.message}`);
      }
      await this.folder.removeIncoming();
    });
  }

  private async putInForce(note: Uint8Array): Promise<void> {
    const { bundle } = checkTrust(note, this.now(), { crypto: nodeCrypto });
    const last = (await this.serials()).at(-1) ?? 0;
    const present = await this.read();
    if (bundle.serial <= last) {
      throw new VerifyError(
        'TRUST_ROLLED_BACK',
        `serial ${String(bundle.serial)} is not above ${String(last)}, which was in force already`,
      );
    }
    // The demo's roots vouch for nothing, so their successors need no word of theirs.
    if (present !== undefined && !(await this.isDemo(openTrust(present, nodeCrypto).bundle)))
      checkSuccession(openTrust(present, nodeCrypto), openTrust(note, nodeCrypto), nodeCrypto);
    await this.folder.putInForce(note, bundle.serial, bundle);
    this.logger.log(`trust bundle ${String(bundle.serial)} is in force`);
  }

  private async renewIfNeeded(): Promise<void> {
    const directory = await this.directory.signer();
    const present = await this.bundle();
    const schools = await this.schools(present);
    if (schools.length === 0) return;
    const content = {
      ...(directory === undefined ? {} : { directory: keyOf(directory) }),
      schools,
      ...this.witnesses.description(),
    };
    const roots = await this.roots();
    const foreign = present !== undefined && !(await this.isDemo(present));
    const wanted = {
      ...content,
      ...(foreign ? rootSetOf(present) : { threshold: THRESHOLD, roots: roots.map(keyOf) }),
    };
    if (
      present !== undefined &&
      sameContent(present, wanted) &&
      endsLaterThan(present, this.now() + RENEW_DAYS * DAY_MS)
    ) {
      return;
    }
    const expires = new Date(this.now() + VALID_DAYS * DAY_MS).toISOString().slice(0, 10);
    // Also after a crash between archive and bundle: no serial is ever given to two texts.
    const last = Math.max(present?.serial ?? 0, (await this.serials()).at(-1) ?? 0);
    const bundle = { ...wanted, serial: last + 1, expires };
    if (foreign) await this.ask(bundle);
    else await this.sign(bundle, roots);
  }

  /** Roots elsewhere have to sign it: their holders are asked through the operator. */
  private async ask(bundle: TrustBundle): Promise<void> {
    const path = await this.folder.writeDraft(formatTrustBundle(bundle));
    this.logger.warn(
      `the trust bundle in force no longer says what is here, or ends soon: have its roots sign ${path} ` +
        '(socai trust make --from, socai trust sign), and put the signed bundle beside it as "incoming"',
    );
  }

  private async sign(bundle: TrustBundle, roots: readonly NoteSigner[]): Promise<void> {
    const text = formatTrustBundle(bundle);
    const signatures = await Promise.all(roots.slice(0, THRESHOLD).map((root) => signNoteText(text, root)));
    await this.folder.putInForce(formatNote({ text, signatures }), bundle.serial, bundle);
  }

  /** Whether the bundle's roots are this machine's own. */
  private async isDemo({ roots }: TrustBundle): Promise<boolean> {
    const own = await this.roots();
    return roots.length === own.length && roots.every((root) => own.some((key) => sameKey(key, root)));
  }

  /** Names that the school had until today: those that the bundle in force knows, and its own when it is another now. */
  private formerly(school: School, present: TrustBundle | undefined): Pick<TrustSchool, 'formerly'> {
    const before = present?.schools.find(({ code }) => code === school.slug);
    if (before === undefined) return {};
    const today = new Date(this.now()).toISOString().slice(0, 10);
    const known = before.formerly ?? [];
    const formerly =
      before.name === normalizeText(school.name) ? known : [...known, { name: before.name, to: today }];
    return formerly.length === 0 ? {} : { formerly };
  }

  /** Other processes read the bundle, the witnesses too: they know nothing of a story's time. */
  private now(): number {
    return Math.max(this.clock.now().getTime(), Date.now());
  }

  private roots(): Promise<NoteSigner[]> {
    return Promise.all(ROOTS.map((n) => this.keys.noteSigner(`${ROOT_NAME}/${n}`, ED25519, 'demo-roots', n)));
  }

  private async schools(present: TrustBundle | undefined): Promise<TrustSchool[]> {
    const read = this.database.read;
    const withLog = new Set((await read.find(LedgerLog)).map(({ schoolId }) => schoolId));
    const schools = (await read.find(School, { order: { slug: 'ASC' } })).filter(({ id }) => withLog.has(id));
    return Promise.all(
      schools.map(async (school) => ({
        code: school.slug,
        name: normalizeText(school.name),
        province: provinceCode(school.province),
        ...this.formerly(school, present),
        logs: await trustedKeysOf(read, school.id),
        cas: await this.authority.pinsOf(school),
      })),
    );
  }
}

function rootSetOf({ threshold, roots }: RootSet): RootSet {
  return { threshold, roots };
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
