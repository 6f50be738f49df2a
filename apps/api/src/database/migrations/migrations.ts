/** Every migration, oldest first. */
import { Foundation0001 } from './0001-foundation.js';

export const MIGRATIONS = [Foundation0001];
