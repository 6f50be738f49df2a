/**
 * The import table of the house: what each room may import. It is law; the check beside it is itself tested with a
 * deliberate violation, because a boundary tool that silently sees no files also says "no violations".
 */

/** One room: its folder, the rooms it may import besides itself, and the packages from outside. */
export interface Room {
  readonly name: string;
  /** Folder prefix from the project's root; the longest match decides which room a file is in. */
  readonly folder: string;
  readonly rooms: readonly string[];
  /** Package names; a trailing `*` matches the rest; `node:*` stands for Node's own modules. */
  readonly packages: readonly string[];
}

const NOBLE = ['@noble/hashes', '@noble/curves'];

export const ROOMS: readonly Room[] = [
  { name: 'ledger/format', folder: 'ledger/src/format', rooms: [], packages: NOBLE },
  { name: 'ledger/merkle', folder: 'ledger/src/merkle', rooms: ['ledger/format'], packages: [] },
  { name: 'ledger/log', folder: 'ledger/src/log', rooms: ['ledger/format', 'ledger/merkle'], packages: [] },
  {
    name: 'ledger/verify',
    folder: 'ledger/src/verify',
    rooms: ['ledger/format', 'ledger/merkle'],
    packages: [],
  },
  {
    name: 'ledger/node',
    folder: 'ledger/node',
    rooms: ['ledger/format', 'ledger/merkle', 'ledger/log', 'ledger/verify'],
    packages: ['node:*'],
  },
  { name: 'regulations', folder: 'libs/regulations/src', rooms: [], packages: [] },
  { name: 'policy', folder: 'libs/policy/src', rooms: [], packages: [] },
  {
    name: 'contracts',
    folder: 'libs/contracts/src',
    rooms: ['regulations'],
    packages: ['class-validator', 'class-transformer', '@nestjs/swagger'],
  },
  {
    name: 'transcript',
    folder: 'libs/transcript/src',
    rooms: ['regulations', 'ledger/format', 'ledger/verify'],
    packages: NOBLE,
  },
  { name: 'signing', folder: 'libs/signing/src', rooms: [], packages: [...NOBLE, 'asn1js'] },
  {
    name: 'signing/node',
    folder: 'libs/signing/node',
    rooms: ['signing'],
    packages: ['node:*', '@peculiar/x509', 'reflect-metadata', '@node-rs/argon2', 'pkcs11js'],
  },
  {
    name: 'disclosure',
    folder: 'libs/disclosure/src',
    rooms: ['transcript', 'ledger/format', 'ledger/merkle', 'ledger/verify'],
    packages: [...NOBLE, '@sd-jwt/core'],
  },
  {
    name: 'pdf/fill',
    folder: 'libs/pdf/fill',
    rooms: ['transcript', 'ledger/format'],
    packages: ['@noble/hashes'],
  },
  {
    name: 'pdf',
    folder: 'libs/pdf/src',
    rooms: ['pdf/fill', 'transcript', 'signing', 'ledger/format'],
    packages: ['pdf-lib', '@pdf-lib/fontkit', '@expo-google-fonts/be-vietnam-pro', '@noble/hashes', 'node:*'],
  },
  {
    name: 'verify',
    folder: 'libs/verify/src',
    rooms: [
      'regulations',
      'transcript',
      'disclosure',
      'pdf/fill',
      'signing',
      'ledger/format',
      'ledger/merkle',
      'ledger/verify',
    ],
    packages: ['@noble/hashes'],
  },
  { name: 'fixtures', folder: 'fixtures/src', rooms: ['regulations', 'contracts'], packages: [] },
  {
    name: 'fixtures/node',
    folder: 'fixtures/src/node',
    rooms: ['fixtures', 'regulations', 'contracts', 'api'],
    packages: ['node:*'],
  },
  {
    name: 'api',
    folder: 'apps/api/src',
    rooms: [
      'ledger/format',
      'ledger/merkle',
      'ledger/log',
      'ledger/verify',
      'ledger/node',
      'regulations',
      'policy',
      'contracts',
      'transcript',
      'disclosure',
      'signing',
      'signing/node',
      'pdf/fill',
      'pdf',
      'verify',
      'fixtures',
      'api/database',
      'api/audit',
      'api/ledger-host',
    ],
    packages: ['*', 'node:*'],
  },
  {
    name: 'web',
    folder: 'apps/web/src',
    rooms: [
      'contracts',
      'regulations',
      'policy',
      'transcript',
      'disclosure',
      'pdf/fill',
      'signing',
      'verify',
      'ledger/verify',
      'ledger/format',
    ],
    packages: ['react', 'react-dom', '@simplewebauthn/browser'],
  },
  {
    name: 'cli',
    folder: 'apps/cli/src',
    rooms: [
      'ledger/format',
      'ledger/merkle',
      'ledger/log',
      'ledger/verify',
      'ledger/node',
      'signing',
      'signing/node',
      'transcript',
      'disclosure',
      'pdf/fill',
      'verify',
      'regulations',
      'fixtures',
      'api/database',
      'api/audit',
      // An operator's commands on a data folder: keys, and folders rebuilt from the database.
      'api/ledger-host',
    ],
    packages: ['node:*', 'otplib'],
  },
  // Parts of the API that the command line reuses: they may import whatever the API may.
  {
    name: 'api/database',
    folder: 'apps/api/src/database',
    rooms: ['api', 'api/audit', 'api/ledger-host'],
    packages: ['*', 'node:*'],
  },
  {
    name: 'api/audit',
    folder: 'apps/api/src/audit',
    rooms: [
      'api',
      'api/database',
      'api/ledger-host',
      'ledger/format',
      'ledger/merkle',
      'ledger/verify',
      'ledger/node',
      'regulations',
      'policy',
      'contracts',
      'transcript',
    ],
    packages: ['*', 'node:*'],
  },
  {
    name: 'api/ledger-host',
    folder: 'apps/api/src/ledger-host',
    rooms: [
      'api',
      'api/database',
      'api/audit',
      'ledger/format',
      'ledger/merkle',
      'ledger/log',
      'ledger/verify',
      'ledger/node',
      'contracts',
      'transcript',
      'signing',
      'signing/node',
    ],
    packages: ['*', 'node:*'],
  },
];
