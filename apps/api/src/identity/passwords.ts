/** Passwords as argon2id (19 MiB, t = 2): OWASP ASVS 5.0, security row 2. */
import { hash, verify } from '@node-rs/argon2';

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A PHC string for a new password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), PARAMETERS);
}

/** Whether `password` is the one behind `phc`. */
export function checkPassword(phc: string, password: string): Promise<boolean> {
  return verify(phc, password.normalize('NFC'));
}

/** A hash that no password matches: checked for unknown users, so that the answer takes as long as for known ones. */
export const NO_SUCH_USER_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$HVu7yhX4w27fECe/Mx3pGQ$CWhJ3qYFIW+kUz2D8n/X2Ypn2XMc30G4kBxwKb5SM+Y';
