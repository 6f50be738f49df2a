/** Dates and times as people here read them: dd/mm/yyyy, Vietnam's clock. */

/** "2026-11-21" → "21/11/2026"; anything else comes back unchanged. */
export function formatDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return match === null ? date : `${match[3]}/${match[2]}/${match[1]}`;
}

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** An ISO time → "21/11/2026 10:00" on Vietnam's clock; anything else comes back unchanged. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const part = Object.fromEntries(PARTS.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${part['day']}/${part['month']}/${part['year']} ${part['hour']}:${part['minute']}`;
}

/** "2026-2027" → "2026–2027". */
export function formatYear(label: string): string {
  return label.replace(/^(\d{4})-(\d{4})$/, '$1–$2');
}
