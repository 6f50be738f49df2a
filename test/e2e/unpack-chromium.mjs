// Unpacks the Chromium that comes out of npm into TMPDIR and prints, as JSON, where it is and the environment it needs.
// A process of its own: the package reads os.tmpdir() and writes into process.env, which under jest are not the same.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x'; // makes the package bring its own system libraries
const { default: chromium } = await import('@sparticuz/chromium');
const executablePath = await chromium.executablePath();

// Its fonts.conf names fixed folders below the system's /tmp: without this no letter is drawn. Always its own Open Sans,
// so that pictures look alike on every machine.
const fonts = join(tmpdir(), 'fonts');
writeFileSync(
  join(fonts, 'fonts.conf'),
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${join(tmpdir(), 'fonts-cache')}</cachedir></fontconfig>\n`,
);
const env = { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, FONTCONFIG_PATH: fonts };
process.stdout.write(JSON.stringify({ executablePath, env }));
