/** Line drawings of 24 × 24; drawn here because fonts of signs differ from machine to machine. */

const PATHS = {
  book: 'M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 9.5l2 2 4-4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  check: 'M5 13l4.5 4.5L19 7',
  cross: 'M6 6l12 12M18 6L6 18',
  replaced: 'M4 12a8 8 0 0 1 13.5-5.8L20 8M20 4v4h-4M20 12a8 8 0 0 1-13.5 5.8L4 16M4 20v-4h4',
  question: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.1',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17v.1',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  upload: 'M12 16V5M7.5 9.5L12 5l4.5 4.5M5 19h14',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z',
  right: 'M9.5 6l6 6-6 6',
  down: 'M6 9.5l6 6 6-6',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words: it says nothing that the words do not, so it is hidden from screen readers. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
