/** What a holder shows of a transcript: slips, SD-JWT presentations, credentials. */
import { equal, utf8 } from '#ledger/format/bytes.js';
import { canonicalJson } from '#ledger/format/jcs.js';
import { formatPresentation, parsePresentation } from '#disclosure/presentation.js';
import { formatSlip, formatSlipText, parseSlip, parseSlipText } from '#disclosure/slip.js';
import { check, Credentialed } from '../../../libs/verify/test/presenting.js';
import { World } from '../../../libs/verify/test/world.js';
import { FalseAccept, type Target } from './campaign.js';
import { accepted, genuine, inputs, sameAgain } from './parsing.js';

const world = await World.make();
const one = await Credentialed.issue(world);
const other = await Credentialed.issue(world, {
  edit: (copy) => {
    copy.data.pupil.fullName = 'Lò Thị Ó';
  },
});
const holders = [one, other];
const slips = holders.map((each) => formatSlip(each.slip()));
const presentations = holders.flatMap((each) => [each.sdJwt(), each.whole()]).map(formatPresentation);

const slip: Target = {
  name: 'slip',
  inputs: [500, 30_000],
  input: inputs(slips, 'binary'),
  judge: (input) => sameAgain(input, () => formatSlip(parseSlip(input))),
};

const slipText: Target = {
  name: 'slip as text of a QR',
  inputs: [300, 30_000],
  input: inputs(
    slips.map((bytes) => utf8(formatSlipText(bytes))),
    'text',
  ),
  judge: (input) => {
    const bytes = accepted(() => parseSlipText(Buffer.from(input).toString('latin1')));
    if (bytes === undefined) return false;
    return genuine(equal(utf8(formatSlipText(bytes)), input), 'printed again it is another text');
  },
};

const presentation: Target = {
  name: 'presentation',
  inputs: [300, 20_000],
  input: inputs(presentations, 'text'),
  judge: (input) => sameAgain(input, () => formatPresentation(parsePresentation(input))),
};

/** What the holders' documents truly say, a text for each field. */
const truths = await Promise.all(
  holders.map(async (each) => {
    const shown = await Promise.all([each.sdJwt(), each.whole(), each.slip()].map((of) => check(world, of)));
    return new Set(shown.flatMap((result) => saidIn(result)));
  }),
);

function saidIn({ presentation: said }: Awaited<ReturnType<typeof check>>): string[] {
  if (said === null) return [];
  const fields = Object.entries(said.fields).map((field) => JSON.stringify(field));
  return said.credential === null ? fields : [...fields, canonicalJson(said.credential)];
}

const shown: Target = {
  name: 'verifyPresentation',
  inputs: [150, 15_000],
  input: (random) =>
    inputs(random.chance(0.5) ? slips : presentations, random.chance(0.5) ? 'binary' : 'text')(random),
  judge: async (input) => {
    const result = await check(world, input);
    if (result.verdict !== 'valid') {
      const known = [...slips, ...presentations].some((bytes) => equal(bytes, input));
      if (known) throw new FalseAccept(`the genuine presentation is ${result.verdict}`);
      return false;
    }
    const said = saidIn(result);
    const holds = truths.some((truth) => said.every((field) => truth.has(field)));
    return genuine(holds && said.length > 0, 'a changed field, or fields of two documents, are valid');
  },
};

export const disclosureTargets = [slip, slipText, presentation, shown];
