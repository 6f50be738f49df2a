/**
 * The demo's witness: in this process, with a key and a memory of its own. It plays the department of education, and
 * counts for nothing against whoever holds the machine; a school's real witnesses are elsewhere.
 */
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { COSIGNATURE_ED25519, sameKey, type NoteSigner, type VerifierKey } from '#ledger/format/note.js';
import type { TrustWitness } from '#ledger/format/trust.js';
import type { Witness } from '#ledger/log/ports.js';
import { localWitness } from '#ledger/log/witness.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { FolderWitnessStore } from '#ledger-node/witness-store.js';
import { Clock } from '../clock.js';
import { InstallationSettings } from '../installation.module.js';
import { KeyStore } from './key-store.js';

const KEY_NAME = 'demo-witness.so-cai.example/so-gddt';
const OPERATOR = 'demo-witness.so-cai.example';
/** Its name in policies and trust bundles. */
const POLICY_NAME = 'so-gddt';

@Injectable()
export class DemoWitness {
  /** Keys of the logs it cosigns; a new school's is added while it runs. */
  private readonly logs: VerifierKey[] = [];
  private key: Promise<NoteSigner> | undefined;
  private store: Promise<FolderWitnessStore> | undefined;

  constructor(
    private readonly settings: InstallationSettings,
    private readonly keys: KeyStore,
    private readonly clock: Clock,
  ) {}

  /** Lets it cosign this log too. */
  trust(log: VerifierKey): void {
    if (!this.logs.some((known) => sameKey(known, log))) this.logs.push(log);
  }

  /** How trust bundles name it. */
  async description(): Promise<TrustWitness> {
    return { name: POLICY_NAME, key: await this.signer(), operator: OPERATOR };
  }

  /**
   * The witness, to be asked by logs of this process.
   * @throws LogError LOCKED while another process of this installation runs it
   */
  async open(): Promise<Witness> {
    const signer = await this.signer();
    this.store ??= FolderWitnessStore.open(join(this.settings.config.dataDir, 'witness', 'state'));
    const store = await this.store.catch((error: unknown) => {
      this.store = undefined;
      throw error;
    });
    const clock = () => this.clock.now().getTime();
    return localWitness(POLICY_NAME, { signer, logs: this.logs, store, clock, crypto: nodeCrypto });
  }

  async close(): Promise<void> {
    const store = await this.store?.catch(() => undefined);
    this.store = undefined;
    await store?.close();
  }

  private signer(): Promise<NoteSigner> {
    this.key ??= this.keys.noteSigner(KEY_NAME, COSIGNATURE_ED25519, 'witness', 'key');
    return this.key;
  }
}
