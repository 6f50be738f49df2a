/** Starts the API process: settings, keys, database, demo school on first start, HTTP; stops cleanly on a signal. */
import { mkdir } from 'node:fs/promises';
import { pino } from 'pino';
import { ConfigError, loadConfig, type Config } from './config.js';
import { installationPassphrase } from './identity/installation-key.js';
import { createServer } from './server.js';

async function start(config: Config): Promise<void> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const passphrase = await installationPassphrase(config.keyPassphraseFile);
  const app = await createServer({ config, log, passphrase });
  await app.listen(config.port, config.host);
  process.stdout.write(`Sổ Cái: ${await app.getUrl()}\n`);
}

try {
  await start(loadConfig(process.env, process.cwd()));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
