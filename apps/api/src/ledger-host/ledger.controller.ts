/** The logs as anyone may read them, without an account: tlog-tiles, policies, authorities, trust bundles. */
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LedgerListAnswer, type LedgerDirectory } from '#contracts/ledger.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { formatVkey, parseNote } from '#ledger/format/note.js';
import { formatPolicy, type Policy } from '#ledger/format/policy.js';
import { parseTilePath } from '#ledger/format/tile.js';
import { policyFor } from '#ledger/verify/trust.js';
import type { TileStore } from '#ledger/log/ports.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import { Public } from '../identity/session-context.js';
import { InstallationSettings } from '../installation.module.js';
import { School } from '../school/school.entities.js';
import { DIRECTORY_SLUG, DirectoryKey } from './directory-key.js';
import { LedgerLog } from './ledger.entities.js';
import { LedgerTiles } from './ledger-tiles.js';
import { SchoolAuthority } from './school-authority.js';
import { TrustKeeper } from './trust-keeper.js';

const TEXT = 'text/plain; charset=utf-8';
const FOR_SECONDS = 'public, max-age=5';
const FOR_EVER = 'public, max-age=31536000, immutable';

@ApiTags('ledger')
@Public()
@Controller('ledger')
export class LedgerController {
  constructor(
    private readonly database: Database,
    private readonly settings: InstallationSettings,
    private readonly folders: LedgerTiles,
    private readonly authority: SchoolAuthority,
    private readonly trust: TrustKeeper,
    private readonly directory: DirectoryKey,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The logs of this installation' })
  @ApiOkResponse({ type: LedgerListAnswer })
  async list(): Promise<LedgerListAnswer> {
    const logs = await this.database.read.find(LedgerLog, { order: { origin: 'ASC' } });
    const schools = new Map((await this.database.read.find(School)).map((school) => [school.id, school]));
    const directory = await this.directoryItem();
    return {
      ...(directory === undefined ? {} : { directory }),
      logs: logs.flatMap(({ schoolId, origin, vkey, publishedSize }) => {
        const school = schools.get(schoolId);
        if (school === undefined) return [];
        const { slug, name, settings } = school;
        return [
          { school: slug, name, origin, vkey, size: publishedSize, url: this.url(slug), demo: settings.demo },
        ];
      }),
    };
  }

  @Get('trust')
  @ApiOperation({ summary: 'The signed trust bundle in force (socai-trust/v1)' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'socai-trust/v1\nserial 2\nexpires 2027-11-21\n…' } })
  async bundle(@Res() reply: FastifyReply): Promise<void> {
    const note = await this.trust.read();
    if (note === undefined) throw notFound('gói tin cậy');
    send(reply, note, TEXT, FOR_SECONDS);
  }

  @Get('trust/:serial')
  @ApiOperation({ summary: 'The signed trust bundle with this serial, in force or not' })
  @ApiParam({ name: 'serial', example: 1 })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'socai-trust/v1\nserial 1\nexpires 2027-11-21\n…' } })
  async archivedBundle(@Param('serial') serial: string, @Res() reply: FastifyReply): Promise<void> {
    const note = /^[1-9]\d{0,14}$/.test(serial) ? await this.trust.readArchived(Number(serial)) : undefined;
    if (note === undefined) throw notFound('gói tin cậy');
    send(reply, note, TEXT, FOR_EVER);
  }

  @Get(':school/checkpoint')
  @ApiOperation({ summary: "The newest witnessed checkpoint of a school's log, or of the directory log" })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'demo.so-cai.example/thcs-song-may\n12\n…' } })
  async checkpoint(@Param('school') slug: string, @Res() reply: FastifyReply): Promise<void> {
    const checkpoint = await (await this.tiles(slug)).readCheckpoint();
    // A folder log begins with a checkpoint of nothing, which no witness has seen.
    if (checkpoint === undefined || sizeOf(checkpoint) === 0) throw notFound('điểm kiểm của sổ này');
    send(reply, checkpoint, TEXT, FOR_SECONDS);
  }

  @Get(':school/policy')
  @ApiOperation({ summary: 'The log key, witnesses and quorum as a tlog-policy' })
  @ApiProduces('text/plain')
  @ApiOkResponse({
    schema: {
      type: 'string',
      example: 'log demo.so-cai.example/thcs-song-may+…\nwitness …\nquorum so-gddt\n',
    },
  })
  async policy(@Param('school') slug: string, @Res() reply: FastifyReply): Promise<void> {
    const bundle = await this.trust.bundle();
    const origin = slug === DIRECTORY_SLUG ? bundle?.directory?.name : (await this.school(slug)).origin;
    if (bundle === undefined || origin === undefined) throw notFound('chính sách của sổ này');
    const { logs, ...quorum } = policyFor(bundle, origin, Number.MAX_SAFE_INTEGER);
    const policy: Policy = { logs: logs.map((log) => ({ ...log, url: this.url(slug) })), ...quorum };
    send(reply, formatPolicy(policy), TEXT, FOR_SECONDS);
  }

  @Get(':school/issuer.pem')
  @ApiOperation({ summary: "The certificate of the school's authority" })
  @ApiProduces('application/x-pem-file')
  @ApiOkResponse({ schema: { type: 'string', example: '-----BEGIN CERTIFICATE-----\n…' } })
  async issuer(@Param('school') slug: string, @Res() reply: FastifyReply): Promise<void> {
    const pem = await this.authority.pemOf(await this.school(slug));
    send(reply, Buffer.from(pem), 'application/x-pem-file', FOR_SECONDS);
  }

  @Get(':school/tile/*')
  @ApiOperation({ summary: 'A tile of hashes or a bundle of entries (C2SP tlog-tiles)' })
  @ApiParam({ name: 'school', example: 'thcs-song-may' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async tile(
    @Param('school') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const tiles = await this.tiles(slug);
    // From the address as it came: a path with an escape or a dot too many is no tile's path.
    const path = strictTilePath(request.url, slug);
    const bytes = path === undefined ? undefined : await tiles.readTile(path);
    if (bytes === undefined) throw notFound('mảnh này của sổ');
    send(reply, bytes, 'application/octet-stream', FOR_EVER);
  }

  private async directoryItem(): Promise<LedgerDirectory | undefined> {
    const key = (await this.trust.bundle())?.directory;
    const checkpoint = await new FolderTileStore(this.directory.folder).readCheckpoint();
    const size = checkpoint === undefined ? 0 : sizeOf(checkpoint);
    if (key === undefined || size === 0) return undefined;
    return { origin: key.name, vkey: formatVkey(key), size, url: this.url(DIRECTORY_SLUG) };
  }

  private async tiles(slug: string): Promise<TileStore> {
    if (slug === DIRECTORY_SLUG) return new FolderTileStore(this.directory.folder);
    return this.folders.of(await this.school(slug));
  }

  private async school(slug: string): Promise<School> {
    const school = await this.database.read.findOneBy(School, { slug });
    if (school === null) throw notFound('sổ này');
    return school;
  }

  private url(slug: string): string {
    return `${this.settings.config.publicUrl}/ledger/${slug}`;
  }
}

/** How many entries a served checkpoint says there are. */
function sizeOf(checkpoint: Uint8Array): number {
  return parseCheckpoint(parseNote(checkpoint).text).size;
}

/** "tile/…" out of the request's address when it is exactly a tile's path. */
function strictTilePath(url: string, slug: string): string | undefined {
  const prefix = `/ledger/${slug}/`;
  const [address = ''] = url.split('?');
  if (!address.startsWith(prefix)) return undefined;
  const path = address.slice(prefix.length);
  try {
    parseTilePath(path);
    return path;
  } catch {
    return undefined;
  }
}

function send(reply: FastifyReply, bytes: Uint8Array, type: string, caching: string): void {
  void reply
    .header('content-type', type)
    .header('cache-control', caching)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .send(Buffer.from(bytes));
}
