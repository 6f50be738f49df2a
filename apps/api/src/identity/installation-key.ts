/** The passphrase that opens the installation's keys: the operator's file, or one made on first start. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Reads the passphrase; makes it (32 random bytes, file mode 0600) when the file is not there yet.
 * @param file config's keyPassphraseFile
 */
export async function installationPassphrase(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const made = await open(file, 'wx', 0o600);
    await made.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await made.sync();
    await made.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const passphrase = (await readFile(file, 'utf8')).trim();
  if (passphrase.length < 16) {
    throw new Error(
      `The passphrase in ${file} is shorter than 16 characters; put a longer one there and start again.`,
    );
  }
  return passphrase;
}
