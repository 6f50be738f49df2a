/** Accounts, sessions, roles and step-up, for every feature. */
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ActController } from './act.controller.js';
import { Acts } from './acts.js';
import { Appointing } from './appointing.js';
import { Appointments } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { PasskeyAssertions } from './passkey-assertions.js';
import { PasskeyRegistration } from './passkey-registration.js';
import { PasskeysController } from './passkeys.controller.js';
import { Passkeys } from './passkeys.js';
import { Delegating } from './delegating.js';
import { Profiles } from './profiles.js';
import { RelyingParty } from './relying-party.js';
import { PasskeySignIn, SecondFactors } from './second-factors.js';
import { SessionController } from './session.controller.js';
import { SessionGuard } from './session.guard.js';
import { Sessions } from './sessions.js';
import { StepUpFactors } from './step-up-factors.js';
import { StaffReader } from './staff-reader.js';
import { StaffController } from './staff.controller.js';

@Global()
@Module({
  controllers: [SessionController, ActController, PasskeysController, StaffController],
  providers: [
    Sessions,
    Profiles,
    Appointments,
    Authorizer,
    Acts,
    RelyingParty,
    Passkeys,
    PasskeyRegistration,
    PasskeyAssertions,
    { provide: PasskeySignIn, useExisting: PasskeyAssertions },
    StepUpFactors,
    SecondFactors,
    Appointing,
    Delegating,
    StaffReader,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [Sessions, Appointments, Authorizer, Acts, SecondFactors],
})
export class IdentityModule {}
