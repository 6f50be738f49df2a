/** The schools' ledgers in this installation: outbox, sequencers, witnesses, anchors, trust, directory, and what is served of them. */
import { Global, Module } from '@nestjs/common';
import { InstallationSettings } from '../installation.module.js';
import { Anchors } from './anchors.js';
import { DirectoryKey } from './directory-key.js';
import { DirectoryLog } from './directory-log.js';
import { KeyStore } from './key-store.js';
import { LedgerController } from './ledger.controller.js';
import { LedgerHealth } from './ledger-health.js';
import { LedgerProofs } from './ledger-proofs.js';
import { LedgerTiles } from './ledger-tiles.js';
import { Outbox } from './outbox.js';
import { SchoolAuthority } from './school-authority.js';
import { SchoolLogs } from './school-logs.js';
import { TrustKeeper } from './trust-keeper.js';
import { Witnesses } from './witnesses.js';

const openWitnesses = ({ config }: InstallationSettings): Promise<Witnesses> => Witnesses.open(config);

@Global()
@Module({
  controllers: [LedgerController],
  providers: [
    KeyStore,
    SchoolAuthority,
    { provide: Witnesses, useFactory: openWitnesses, inject: [InstallationSettings] },
    DirectoryKey,
    TrustKeeper,
    SchoolLogs,
    Outbox,
    Anchors,
    LedgerProofs,
    LedgerTiles,
    DirectoryLog,
    LedgerHealth,
  ],
  exports: [
    KeyStore,
    SchoolAuthority,
    TrustKeeper,
    SchoolLogs,
    Outbox,
    Anchors,
    LedgerProofs,
    DirectoryLog,
    LedgerHealth,
  ],
})
export class LedgerHostModule {}
