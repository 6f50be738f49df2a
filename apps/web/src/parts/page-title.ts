import { useEffect } from 'react';

/** What the tab and the history are called: "Toán, Học kì I, 6A1 – Sổ Cái". */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    document.title = title === null ? 'Sổ Cái' : `${title} – Sổ Cái`;
  }, [title]);
}
