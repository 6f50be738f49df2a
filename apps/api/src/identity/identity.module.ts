/** Accounts, sessions, roles and step-up, for every feature. */
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ActController } from './act.controller.js';
import { Acts } from './acts.js';
import { Appointments } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Profiles } from './profiles.js';
import { SecondFactors } from './second-factors.js';
import { SessionController } from './session.controller.js';
import { SessionGuard } from './session.guard.js';
import { Sessions } from './sessions.js';

@Global()
@Module({
  controllers: [SessionController, ActController],
  providers: [
    Sessions,
    Profiles,
    Appointments,
    Authorizer,
    Acts,
    SecondFactors,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [Sessions, Appointments, Authorizer, Acts, SecondFactors],
})
export class IdentityModule {}
