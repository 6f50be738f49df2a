// Deliberately wrong: the ledger's formats have no clock and no files.
import { readFileSync } from 'node:fs';

export const read = readFileSync;
