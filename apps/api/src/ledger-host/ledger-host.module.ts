/** The schools' ledgers in this installation: outbox, sequencers, witnesses, anchors, trust, directory, and what is served of them. */
import { Global, Module } from '@nestjs/common';
import { InstallationSettings } from '../installation.module.js';
import { Anchors } from './anchors.js';
import { DirectoryKey } from './directory-key.js';
import { DirectoryLog } from './directory-log.js';
import { KeyStore } from './key-store.js';
import { LedgerController } from './ledger.controller.js';
import { LedgerProofs } from './ledger-proofs.js';
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
    DirectoryLog,
  ],
  exports: [KeyStore, SchoolAuthority, TrustKeeper, SchoolLogs, Outbox, Anchors, LedgerProofs, DirectoryLog],
})
export class LedgerHostModule {}
