/** Whether a school took one-time codes for acts, and from when to when, as the journal alone tells. */
import { switchesOf, type Switches } from '#policy/switches.js';
import type { EventText } from './expected-rows.js';

export class KeptSettings {
  private readonly spans: { readonly since: number; readonly totpAllowed: boolean }[] = [];

  /** Takes one more event into account; events of other tables say nothing. */
  add(seq: number, { subject, data: { settings } }: EventText): void {
    if (subject !== 'schools' || typeof settings !== 'object' || settings === null) return;
    const { allowTotpStepUp } = switchesOf(settings as Partial<Switches>);
    this.spans.push({ since: seq, totpAllowed: allowTotpStepUp });
  }

  /** What held when an event was written; true for a journal that never said. */
  totpAllowedAt(seq: number): boolean {
    return this.spans.findLast(({ since }) => since < seq)?.totpAllowed ?? true;
  }
}
