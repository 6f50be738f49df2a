/** Certificates that sign: one's own and the seal's. */
import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CertificateRequest,
  CertificatesAnswer,
  RevocationListRequest,
  CredentialKeyRequest,
  CredentialKeysAnswer,
  RevocationListsAnswer,
} from '#contracts/certificates.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { CertificateImport } from './certificate-import.js';
import { CredentialKeyRotation } from './credential-key-rotation.js';
import { RevocationLists } from './revocation-lists.js';

@ApiTags('certificates')
@Controller('api/certificates')
export class CertificatesController {
  constructor(
    private readonly imports: CertificateImport,
    private readonly revocations: RevocationLists,
    private readonly rotation: CredentialKeyRotation,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Certificates of one’s own and of the seal, and where their keys are' })
  @ApiOkResponse({ type: CertificatesAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<CertificatesAnswer> {
    return { certificates: await this.imports.list(session) };
  }

  @Post()
  @ApiOperation({
    summary:
      'Take in a certificate whose key is in a token or service, in the act certificate.import or certificate.import-seal',
  })
  @ApiBody({ type: CertificateRequest })
  @ApiCreatedResponse({ type: CertificatesAnswer })
  async add(
    @CurrentSession() session: SessionContext,
    @Body() { holder, chain, act }: CertificateRequest,
  ): Promise<CertificatesAnswer> {
    await this.imports.add(session, { holder, chain }, act);
    return this.list(session);
  }

  @Get('revocation-lists')
  @ApiOperation({ summary: 'Revocation lists of authorities that the school has, newest first' })
  @ApiOkResponse({ type: RevocationListsAnswer })
  async lists(@CurrentSession() session: SessionContext): Promise<RevocationListsAnswer> {
    return { lists: await this.revocations.list(session) };
  }

  @Post('revocation-lists')
  @ApiOperation({
    summary:
      'Take in the revocation list of an authority, checked against its key; certificates on it are retired in the ledger',
  })
  @ApiBody({ type: RevocationListRequest })
  @ApiCreatedResponse({ type: RevocationListsAnswer })
  async addList(
    @CurrentSession() session: SessionContext,
    @Body() { list }: RevocationListRequest,
  ): Promise<RevocationListsAnswer> {
    await this.revocations.add(session, list);
    return this.lists(session);
  }

  @Get('credential-keys')
  @ApiOperation({
    summary: 'Keys with which the school signs what is disclosed of transcripts, newest first',
  })
  @ApiOkResponse({ type: CredentialKeysAnswer })
  async credentialKeys(@CurrentSession() session: SessionContext): Promise<CredentialKeysAnswer> {
    return { keys: await this.rotation.list(session) };
  }

  @Post('credential-keys')
  @ApiOperation({
    summary:
      'Replace that key, in one act "certificate.rotate-credential-key": what it signed stays valid, the next one is logged first',
  })
  @ApiBody({ type: CredentialKeyRequest })
  @ApiCreatedResponse({ type: CredentialKeysAnswer })
  async rotateCredentialKey(
    @CurrentSession() session: SessionContext,
    @Body() { act }: CredentialKeyRequest,
  ): Promise<CredentialKeysAnswer> {
    await this.rotation.rotate(session, act);
    return this.credentialKeys(session);
  }
}
