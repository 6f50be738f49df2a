// Deliberately wrong: the regulations import nothing, not even a good library.
import { sha256 } from '@noble/hashes/sha2.js';

export const hash = sha256;
