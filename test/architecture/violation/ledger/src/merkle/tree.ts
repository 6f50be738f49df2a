// Deliberately wrong: merkle must not know the log. The architecture test expects to be told of this line.
import { sequence } from '../log/sequencer.js';

export const tree = sequence;
