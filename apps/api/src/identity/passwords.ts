/** Passwords as argon2id (19 MiB, t = 2): OWASP ASVS 5.0, security row 2. */
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** The library's default algorithm is argon2id; a test reads all of this out of a stored hash. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A PHC string for a new password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), PARAMETERS);
}

/** A hash that no password matches: of accounts not activated yet, and what unknown users are checked against. */
export const NO_PASSWORD =
  '$argon2id$v=19$m=19456,t=2,p=1$HVu7yhX4w27fECe/Mx3pGQ$CWhJ3qYFIW+kUz2D8n/X2Ypn2XMc30G4kBxwKb5SM+Y';

@Injectable()
export class Passwords {
  /**
   * Whether `password` is the one behind the hash.
   * @param phc undefined for an unknown user: the same work is done, so that the answer takes as long (security 6)
   */
  check(phc: string | undefined, password: string): Promise<boolean> {
    return verify(phc ?? NO_PASSWORD, password.normalize('NFC'));
  }
}
