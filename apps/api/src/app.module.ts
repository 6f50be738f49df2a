/** The application: every feature, and what all of them share. */
import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuditModule } from './audit/audit.module.js';
import { Clock } from './clock.js';
import type { Config } from './config.js';
import { CorrectionsModule } from './corrections/corrections.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DatabaseModule } from './database/database.module.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { FamiliesModule } from './families/families.module.js';
import { GradebookModule } from './gradebook/gradebook.module.js';
import { HealthController } from './http/health.controller.js';
import { HttpModule } from './http/http.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { SecretBox } from './identity/secret-box.js';
import { LedgerHostModule } from './ledger-host/ledger-host.module.js';
import { InstallationModule } from './installation.module.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ResultsModule } from './results/results.module.js';
import { SchoolModule } from './school/school.module.js';
import { LocksModule } from './windows/locks.module.js';
import { TranscriptsModule } from './transcripts/transcripts.module.js';
import { YearsModule } from './years/years.module.js';
import { WindowsModule } from './windows/windows.module.js';

/** What the process has prepared before the application starts. */
export interface Installation {
  readonly config: Config;
  readonly log: Logger;
  /** Passphrase of the keys on disk. */
  readonly passphrase: string;
  /** The machine's own by default; tests and the seeding of the demo pass theirs. */
  readonly clock?: Clock;
}

@Module({})
export class AppModule {
  static forRoot(installation: Installation): DynamicModule {
    return {
      module: AppModule,
      controllers: [HealthController],
      imports: [
        InstallationModule.forRoot(
          installation.config,
          new SecretBox(installation.passphrase),
          installation.passphrase,
          installation.clock ?? new Clock(),
        ),
        DatabaseModule.forRoot(installation.config.database),
        HttpModule.forRoot(installation.log),
        AuditModule,
        IdentityModule,
        LedgerHostModule,
        SchoolModule,
        WindowsModule,
        GradebookModule,
        ExchangeModule,
        LocksModule,
        CorrectionsModule,
        FamiliesModule,
        ResultsModule,
        ReportsModule,
        ReceiptsModule,
        TranscriptsModule,
        YearsModule,
        PrivacyModule,
        ...(installation.config.demo === 'none' ? [] : [DemoModule]),
      ],
    };
  }
}
