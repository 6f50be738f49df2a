/** Time-based one-time codes (RFC 6238): six digits, 30 seconds, one step of tolerance, each code once. */
import { createGuardrails, generateSecret, generateSync, verifySync } from 'otplib';

const STEP_SECONDS = 30;
const ISSUER = 'Sổ Cái';

/** A new secret, base32. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** The code at a moment (for the demo's accounts and tests). */
export function totpCode(secret: string, at: Date): string {
  return generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) });
}

/**
 * Checks a code.
 * @param lastStep the newest step whose code was already used; older or equal steps are refused (replay)
 * @returns the step the code belongs to, or null when it does not hold
 */
export function checkTotp(secret: string, code: string, at: Date, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(at.getTime() / 1000);
  const result = verifySync({
    secret,
    token: code,
    epoch,
    epochTolerance: STEP_SECONDS,
    guardrails: createGuardrails(),
  });
  if (!result.valid) return null;
  const step = Math.floor(epoch / STEP_SECONDS) + result.delta;
  return step > lastStep ? step : null;
}

/** What an authenticator app reads: issuer and account are what it shows. */
export function totpUri(secret: string, account: string): string {
  const label = `${encodeURIComponent(ISSUER)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(ISSUER)}`;
}
