/** `socai witness`: a witness of logs, in a process of its own. */
import { formatVkey } from '#ledger/format/note.js';
import { parseDecimal } from '#ledger/format/text.js';
import { LogList } from '#ledger-node/witness-logs.js';
import { createWitness, openWitness, witnessState, witnessTrust } from '#ledger-node/witness-folder.js';
import { startWitnessServer } from '#ledger-node/witness-server.js';
import { EXIT, type CommandIo } from './io.js';
import {
  describeError,
  parseOptions,
  passphraseOf,
  subcommandsOf,
  UsageError,
  type Options,
} from './options.js';

const USAGE = `usage: socai witness init --dir W --name N
       socai witness serve --dir W --name N --port P --policy P [--host H]
       socai witness serve --dir W --name N --port P --trust BUNDLE|URL --roots FILE [--host H]

A witness cosigns checkpoints of the logs in the policy, or in the trust bundle once the roots' signatures hold; both
are read again when they change. Run it on another machine than the logs it watches.
`;

/** `socai witness <subcommand>`: answers the exit status of contracts/cli.md. */
export const witnessCommand = subcommandsOf('witness', USAGE, { init, serve });

async function init(args: readonly string[], io: CommandIo): Promise<number> {
  const { dir = '', name = '' } = parseOptions(args, ['dir', 'name']);
  const passphrase = await passphraseOf(io);
  const { key, made } = await createWitness(dir, name, passphrase);
  if (made && passphrase === undefined) {
    io.stderr.write(
      `warning: the key in ${dir} is not encrypted; set SOCAI_KEY_PASSPHRASE_FILE to encrypt it\n`,
    );
  }
  io.stdout.write(`${formatVkey(key)}\n`);
  return EXIT.ok;
}

async function serve(args: readonly string[], io: CommandIo): Promise<number> {
  const options = parseOptions(args, ['dir', 'name', 'port'], ['policy', 'trust', 'roots', 'host']);
  const { dir = '', name = '', port = '', host } = options;
  const say = (error: unknown) => void io.stderr.write(`socai witness serve: ${describeError(error)}\n`);
  const signer = await openWitness(dir, name, await passphraseOf(io));
  const logs = logsOf(options, io, say);
  await logs.refresh();
  const server = await startWitnessServer({
    store: witnessState(dir),
    signer,
    logs: logs.find,
    port: portOf(port),
    ...(host === undefined ? {} : { host }),
    clock: () => io.now().getTime(),
    onError: say,
  });
  io.stdout.write(`listening ${server.url}\n`);
  await io.untilStopped?.();
  await server.close();
  return EXIT.ok;
}

function logsOf(
  { dir = '', policy, trust, roots }: Options,
  io: CommandIo,
  say: (e: unknown) => void,
): LogList {
  if (policy !== undefined && trust === undefined && roots === undefined)
    return LogList.ofPolicy(policy, say);
  if (policy !== undefined || trust === undefined || roots === undefined)
    throw new UsageError('either --policy, or --trust and --roots');
  const clock = () => io.now().getTime();
  return LogList.ofTrust({ place: trust, roots, memory: witnessTrust(dir), clock }, say);
}

function portOf(text: string): number {
  const port = parseDecimal(text);
  if (port > 65_535) throw new UsageError(`--port ${text}: from 0 to 65535`);
  return port;
}
