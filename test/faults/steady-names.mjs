// Loaded before the command under test: its temporary files get the same names in every run, so that strace can be told
// beforehand which paths to watch. Nothing else of the command changes.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

let made = 0;
crypto.randomUUID = () => `00000000-0000-4000-8000-${String(made++).padStart(12, '0')}`;
syncBuiltinESMExports();
