/** Accounts, sessions, roles and step-up, for every feature. */
import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccountRecoveries } from './account-recovery.js';
import { AccountReport } from './account-report.js';
import { AccountsController } from './accounts.controller.js';
import { Accounts } from './accounts.js';
import { ActController } from './act.controller.js';
import { ActivationCodes } from './activation-codes.js';
import { ActivationController } from './activation.controller.js';
import { Activation } from './activation.js';
import { Acts } from './acts.js';
import { Appointing } from './appointing.js';
import { Appointments } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { PasskeyAssertions } from './passkey-assertions.js';
import { PasskeyRegistration } from './passkey-registration.js';
import { PasskeysController } from './passkeys.controller.js';
import { Passkeys } from './passkeys.js';
import { Delegating } from './delegating.js';
import { OwnAccount } from './own-account.js';
import { OwnSessions } from './own-sessions.js';
import { PasswordPolicy } from './password-policy.js';
import { Passwords } from './passwords.js';
import { PendingSignIns } from './pending-sign-ins.js';
import { Profiles } from './profiles.js';
import { RecoveryCodes } from './recovery-codes.js';
import { RelyingParty } from './relying-party.js';
import { PasskeySignIn, SecondFactors } from './second-factors.js';
import { SessionController } from './session.controller.js';
import { SessionGuard } from './session.guard.js';
import { Sessions } from './sessions.js';
import { SignInAttempts } from './sign-in-attempts.js';
import { SignIn } from './sign-in.js';
import { StepUpAttempts } from './step-up-attempts.js';
import { StepUpFactors } from './step-up-factors.js';
import { StaffReader } from './staff-reader.js';
import { StaffController } from './staff.controller.js';

@Global()
@Module({
  controllers: [
    SessionController,
    ActivationController,
    AccountsController,
    ActController,
    PasskeysController,
    StaffController,
  ],
  providers: [
    Sessions,
    SignIn,
    SignInAttempts,
    PendingSignIns,
    Passwords,
    PasswordPolicy,
    RecoveryCodes,
    ActivationCodes,
    Activation,
    OwnAccount,
    OwnSessions,
    Accounts,
    AccountReport,
    AccountRecoveries,
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
    { provide: APP_INTERCEPTOR, useClass: StepUpAttempts },
  ],
  exports: [RelyingParty, Sessions, Appointments, Authorizer, Acts, SecondFactors],
})
export class IdentityModule {}
