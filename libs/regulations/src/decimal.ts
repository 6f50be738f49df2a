/**
 * Marks are counted in tenths: 8.5 is the integer 85. Nothing in this room adds or compares binary floats, because
 * 21.5 + 6.4 + 11.7 is 39.599999999999994 in binary and would turn an average of 4.95 into 4.9 instead of 5.0.
 */
export type Tenths = number;

/**
 * numerator / denominator rounded half up to a whole number (TT 22/2021 Đ.5: marks are kept to one digit "sau khi làm
 * tròn số"; half up is our reading, ASSUMPTIONS.md A1). Exact for non-negative integers below 2^51.
 */
export function roundHalfUp(numerator: number, denominator: number): number {
  if (
    !Number.isSafeInteger(numerator) ||
    numerator < 0 ||
    !Number.isSafeInteger(denominator) ||
    denominator < 1
  ) {
    throw new RangeError(
      `roundHalfUp needs a non-negative fraction of integers, got ${numerator}/${denominator}`,
    );
  }
  const doubled = 2 * numerator + denominator;
  return (doubled - (doubled % (2 * denominator))) / (2 * denominator);
}

/** An average as it is printed: always one decimal, "8.0". */
export function formatAverage(tenths: Tenths): string {
  const units = Math.trunc(tenths / 10);
  return `${units}.${tenths - units * 10}`;
}

/** A mark in its canonical text: "8.5", "10", and "8" rather than "8.0". */
export function formatMark(tenths: Tenths): string {
  return tenths % 10 === 0 ? String(tenths / 10) : formatAverage(tenths);
}
