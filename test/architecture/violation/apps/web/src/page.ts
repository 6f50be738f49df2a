// Deliberately wrong: the page reaches the server across rooms through a package import.
import { loadConfig } from '#api/config.js';

export const page = loadConfig;
