/** Going from screen to screen without leaving the page; back, forward and "open in a new tab" work as ever. */
import { useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';
import { formatRoute, parseRoute, type Route } from './routes.js';

const MOVED = 'socai:moved';

/** The route of the present address. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, currentAddress));
}

export function goTo(route: Route): void {
  history.pushState(null, '', formatRoute(route));
  dispatchEvent(new Event(MOVED));
  scrollTo(0, 0);
}

interface LinkProps {
  readonly to: Route;
  readonly children: ReactNode;
  readonly className?: string;
  readonly title?: string;
  readonly current?: boolean;
}

/** A real link: only the plain click stays inside the page. */
export function Link({ to, children, className, title, current }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a
      href={formatRoute(to)}
      onClick={follow}
      className={className}
      title={title}
      aria-current={current === true ? 'page' : undefined}
    >
      {children}
    </a>
  );
}

function currentAddress(): string {
  return `${location.pathname}${location.search}`;
}

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  addEventListener(MOVED, changed);
  return () => {
    removeEventListener('popstate', changed);
    removeEventListener(MOVED, changed);
  };
}
