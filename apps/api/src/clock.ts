/** The time, as the application sees it. Tests and the demo's seeding pass their own. */
import { Injectable } from '@nestjs/common';

@Injectable()
export class Clock {
  /** The present moment. */
  now(): Date {
    return new Date();
  }

  /** The present moment as kept in the database: ISO 8601, UTC, milliseconds. */
  timestamp(): string {
    return this.now().toISOString();
  }

  /** Today's date in Viet Nam (Asia/Ho_Chi_Minh, UTC+7 all year), `YYYY-MM-DD`. */
  today(): string {
    return vietnamDate(this.now());
  }
}

const VIETNAM_OFFSET_MS = 7 * 60 * 60 * 1000;

/** The date in Viet Nam at an instant, `YYYY-MM-DD`. */
export function vietnamDate(instant: Date): string {
  return new Date(instant.getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
}

/** An instant as people read it in Viet Nam: "17:00 ngày 20/11/2026". */
export function vietnamTime(instant: string): string {
  const local = new Date(Date.parse(instant) + VIETNAM_OFFSET_MS).toISOString();
  const [date = '', time = ''] = local.split('T');
  return `${time.slice(0, 5)} ngày ${date.split('-').reverse().join('/')}`;
}
