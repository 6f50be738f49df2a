export const sequence = 1;
