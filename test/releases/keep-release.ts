/**
 * Makes the set of a release: học bạ and presentations out of a demo server, by its API, and one document of every form,
 * a superseded and a revoked one among them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ClassesAnswer, SchoolDetailsAnswer } from '#contracts/school.js';
import type { LedgerListAnswer } from '#contracts/ledger.js';
import type { PresentationAnswer, PresentationRequest } from '#contracts/presentations.js';
import type { TranscriptsAnswer } from '#contracts/transcripts.js';
import type { Desk } from '#fixtures/play/client.js';
import { fromHex, toHex } from '#ledger/format/bytes.js';
import { HttpLogReader } from '#ledger-node/http-log.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { nextLineage } from '#transcript/commitments.js';
import {
  PRIMARY_SLIP,
  registerOf,
  SLIP,
  summaryOf,
  TERM_SLIP,
  UPPER,
} from '../../libs/transcript/test/other-samples.js';
import { LOGO, PICTURES, SEAL, SIGNATURES, styled } from '../../libs/pdf/test/pictures.js';
import { changed, SECONDARY } from '../../libs/transcript/test/samples.js';
import { NOW, World } from '../../libs/verify/test/world.js';
import type { LedgerReader } from '#verify/status-step.js';
import { startServer, type StartedServer } from '../e2e/server.js';
import { judgeKept } from './judge-kept.js';
import { RELEASES, type KeptFile } from './kept-set.js';

/** Where the files of one log come from, and as what they are kept. */
interface Source {
  readonly trust: string;
  readonly ledger: string;
  readonly now: string;
  readonly bundle: Uint8Array;
  readonly reader: LedgerReader;
  readonly files: readonly (readonly [file: string, bytes: Uint8Array])[];
}

/** Writes fixtures/releases/<release> anew; the answers of today's verifier become the expected ones. Answers the folder. */
export async function keepRelease(): Promise<string> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const folder = join(RELEASES, version);
  rmSync(folder, { recursive: true, force: true });
  const expected: KeptFile[] = [];
  const keep = async ({ trust, ledger, now, bundle, reader, files }: Source): Promise<void> => {
    put(folder, trust, bundle);
    const ledgerReader = keeping(reader, (path, bytes) => put(folder, `${ledger}/${path}`, bytes));
    for (const [file, bytes] of files) {
      put(folder, `${file}.gz`, gzipSync(bytes, { level: 9 }));
      const judged = await judgeKept(bytes, { trust: bundle, ledgerReader, now });
      expected.push({ file, trust, ledger, now, ...judged });
    }
  };
  await keep(await ofEveryForm());
  await ofTheDemo(keep);
  put(folder, 'expected.json', Buffer.from(`${JSON.stringify(expected, null, 2)}\n`));
  return folder;
}

/** Of the log that part is kept which verifying the files reads. */
function keeping(reader: LedgerReader, keep: (path: string, bytes: Uint8Array) => void): LedgerReader {
  const kept = (path: string, bytes: Uint8Array | undefined): Uint8Array | undefined => {
    if (bytes !== undefined) keep(path, bytes);
    return bytes;
  };
  return {
    readCheckpoint: async () => kept('checkpoint', await reader.readCheckpoint()),
    readTile: async (path) => kept(path, await reader.readTile(path)),
  };
}

/** One of each form that the release has, and one of each later event, out of one school's log. */
async function ofEveryForm(): Promise<Source> {
  const world = await World.make();
  const samples: Readonly<Record<string, SchoolDocument>> = {
    ...{ 'hoc-ba-thcs': SECONDARY, 'hoc-ba-thpt': UPPER, 'so-theo-doi': registerOf(3) },
    ...{ 'phieu-hk': TERM_SLIP, 'phieu-cn': SLIP, 'phieu-th': ofTheWorld(PRIMARY_SLIP) },
    'bang-tong-hop': ofTheWorld(summaryOf(4, 'GHK1', 3)),
    'bang-tong-hop-cn': ofTheWorld(summaryOf(5, 'CN', 3)),
  };
  const files: [string, Uint8Array][] = [];
  for (const [name, sample] of Object.entries(samples)) {
    files.push([`forms/${name}.pdf`, (await world.issue({ sample })).pdf]);
  }
  const pictured = styled(SLIP, { motto: 'Học để biết' }, { logo: LOGO, seal: SEAL, signatures: SIGNATURES });
  files.push(['forms/phieu-pictures.pdf', (await world.issue({ sample: pictured, pictures: PICTURES })).pdf]);
  const first = await world.issue();
  const lineage = toHex(nextLineage(fromHex(first.plan.transcript.lineage)));
  const second = await world.issue({ lineage, event: 1 });
  const revoked = await world.issue();
  await world.laterEvent(revoked, 'revoke');
  files.push(['forms/superseded.pdf', first.pdf], ['forms/second-version.pdf', second.pdf]);
  files.push(['forms/revoked.pdf', revoked.pdf]);
  const now = NOW.toISOString();
  const { trust: bundle, reader } = world;
  return { trust: 'forms/trust', ledger: 'forms/ledger', now, bundle, reader, files };
}

/** In the name of the school whose trust bundle the test world has. */
function ofTheWorld(sample: SchoolDocument): SchoolDocument {
  return changed(sample, (copy) => {
    copy.origin = SECONDARY.origin;
    copy.data.school = { ...structuredClone(SECONDARY.data.school), level: 'primary' };
    copy.route.forEach((entry, i) => (entry.name = SLIP.route[i]!.name));
  });
}

/** A học bạ of each demo school, issued through the API, and each kind of presentation of it. */
async function ofTheDemo(keep: (source: Source) => Promise<void>): Promise<void> {
  const server = await startServer();
  try {
    const bundle = new Uint8Array(await (await fetch(`${server.origin}/ledger/trust`)).arrayBuffer());
    const { logs } = (await (await fetch(`${server.origin}/ledger/`)).json()) as LedgerListAnswer;
    for (const { school } of logs) {
      const files = await filesOf(server, school);
      await keep({
        ...{
          trust: 'demo/trust',
          ledger: `demo/ledger/${school}`,
          now: new Date().toISOString(),
          bundle,
          files,
        },
        reader: new HttpLogReader(`${server.origin}/ledger/${school}`),
      });
    }
  } finally {
    await server.stop();
  }
}

async function filesOf(server: StartedServer, school: string): Promise<[name: string, bytes: Uint8Array][]> {
  const principal = server.desks.withRole(school, 'principal');
  const [first] = await issuedOf(principal);
  if (first === undefined) throw new Error(`${school} has issued nothing`);
  const show = async (asked: PresentationRequest): Promise<Uint8Array> => {
    const path = `/api/transcripts/${first}/presentations`;
    return new Uint8Array(
      Buffer.from((await principal.post<PresentationAnswer>(path, asked)).file, 'base64'),
    );
  };
  const asked = { subjects: ['TOAN'], completion: true };
  return [
    [`demo/${school}.pdf`, await principal.download(`/api/transcripts/${first}/pdf`)],
    [
      `demo/${school}-sd-jwt.json`,
      await show({ ...asked, kind: 'sd-jwt', audience: 'thpt.example', validDays: 30 }),
    ],
    [`demo/${school}-bearer.json`, await show({ ...asked, kind: 'sd-jwt' })],
    [`demo/${school}-slip.txt`, await show({ ...asked, kind: 'slip' })],
    [`demo/${school}-credential.json`, await show({ kind: 'credential' })],
  ];
}

/** Ids of the issued học bạ of the first class that has any. */
async function issuedOf(principal: Desk): Promise<string[]> {
  const { years } = await principal.get<SchoolDetailsAnswer>('/api/school');
  for (const { id: yearId } of years) {
    const { classes } = await principal.get<ClassesAnswer>(`/api/classes?yearId=${yearId}`);
    for (const { id } of classes) {
      const { transcripts } = await principal.get<TranscriptsAnswer>(`/api/transcripts?classId=${id}`);
      const issued = transcripts.filter(({ state }) => state === 'issued').map((each) => each.id);
      if (issued.length > 0) return issued;
    }
  }
  return [];
}

function put(folder: string, path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}
