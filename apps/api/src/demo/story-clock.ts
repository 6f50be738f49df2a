/** The clock of the demo's story: stands still until it is told to go on, and never goes back. */
import { Clock } from '../clock.js';

export class StoryClock extends Clock {
  private at: number;

  constructor(start: string) {
    super();
    this.at = Date.parse(start);
  }

  override now(): Date {
    return new Date(this.at);
  }

  /** Goes on to `instant`, when that lies ahead. */
  goTo(instant: Date): void {
    this.at = Math.max(this.at, instant.getTime());
  }
}
