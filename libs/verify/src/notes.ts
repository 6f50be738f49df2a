/** What is said beside a verdict without changing it, and what the page has words for. */
export const NOTES = {
  transfer: 'the pupil moved to another school',
  receive: 'another school received the pupil',
  finish: 'the book was closed',
  erase: 'the school no longer holds this record',
  bearer: 'a bearer share: whoever holds it can show it on, and it cannot be taken back',
} as const;
