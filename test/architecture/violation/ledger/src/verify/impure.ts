// Deliberately wrong: every way to a clock, to randomness, to a host or to a locale.
export const now = (): number[] => [Date.now(), new Date().getTime(), Number(Date()), performance.now()];
export const random = (): unknown[] => [Math.random(), crypto.getRandomValues(new Uint8Array(4))];
export const host = (): unknown[] => [process.env['HOME'], Buffer.from('a'), fetch('/'), setTimeout(now, 1)];
export const anything = (): unknown => globalThis;
export const later = (): unknown => import(String(now()));
export const made = (): unknown => new Function('return this')();
export const local = (): string => (12.5).toLocaleString() + new Intl.NumberFormat().format(1);
const clock = Date;
export const hidden = clock.now;
export const fine = (milliseconds: number): string =>
  new Date(milliseconds).toISOString() + String(Date.parse('2026'));
