/** What this installation is: its settings, its clock and the box for its secrets, for every feature to inject. */
import { Module, type DynamicModule } from '@nestjs/common';
import { Clock } from './clock.js';
import type { Config } from './config.js';
import { SecretBox } from './identity/secret-box.js';

/** Settings and key passphrase of the running installation. */
export class InstallationSettings {
  constructor(
    readonly config: Config,
    /** Opens the private keys on disk. */
    readonly passphrase: string,
  ) {}
}

@Module({})
export class InstallationModule {
  static forRoot(config: Config, box: SecretBox, passphrase: string, clock: Clock): DynamicModule {
    return {
      module: InstallationModule,
      global: true,
      providers: [
        { provide: InstallationSettings, useValue: new InstallationSettings(config, passphrase) },
        { provide: SecretBox, useValue: box },
        { provide: Clock, useValue: clock },
      ],
      exports: [InstallationSettings, SecretBox, Clock],
    };
  }
}
