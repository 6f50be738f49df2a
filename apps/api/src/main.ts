/** Starts the API process: settings, keys, database, demo school on first start, HTTP; stops cleanly on a signal. */
import { mkdir } from 'node:fs/promises';
import { pino } from 'pino';
import { demoIsThere } from './demo/demo-accounts.js';
import { welcome } from './demo/welcome.js';
import { ConfigError, loadConfig, type Config } from './config.js';
import { installationPassphrase } from './identity/installation-key.js';
import { makeLog } from './log.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The settings, with the demo's witnesses running when the settings name no others. They end with this process. */
async function withDemoWitnesses(config: Config, passphrase: string): Promise<Config> {
  const { startDemoWitnesses } = await import('./demo/demo-witnesses.js');
  return (await startDemoWitnesses(config, passphrase)).config;
}

async function start(config: Config): Promise<void> {
  const log = makeLog(config.logLevel, pino.destination(2));
  if (config.demo !== 'none' && !demoIsThere(config)) {
    say(
      'Lần chạy đầu: tạo hai trường minh họa, mất khoảng một phút (First start: making two demo schools) …',
    );
    // Loaded only now: a later start is quicker without the fixtures.
    const { makeDemo } = await import('./demo/first-start.js');
    await makeDemo({ config, log }, (line) => say(`  ${line}`));
  }
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const passphrase = await installationPassphrase(config.keyPassphraseFile);
  // The witnesses start while the server's modules are loaded.
  const [witnessed, { createServer }] = await Promise.all([
    config.demo === 'none' ? config : withDemoWitnesses(config, passphrase),
    import('./server.js'),
  ]);
  const app = await createServer({ config: witnessed, log, passphrase });
  await app.listen(config.port, config.host);
  for (const line of await welcome(config, await app.getUrl())) say(line);
}

try {
  await start(loadConfig(process.env, process.cwd()));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
