/** The addresses of the staff app: each screen's parameters, and their text. A sheet without a period: the one now at work. */

export type Route =
  | { readonly screen: 'classes'; readonly yearId: string | null }
  | { readonly screen: 'class'; readonly classId: string }
  | {
      readonly screen: 'sheet';
      readonly classId: string;
      readonly area: string;
      readonly period: string | null;
    }
  | { readonly screen: 'activation' }
  | { readonly screen: 'passkeys' }
  | { readonly screen: 'rights' }
  | { readonly screen: 'unknown' };

/** @param address path and query: "/lop/5d0a…/TOAN/HK1", "/?nam=7a6f…" */
export function parseRoute(address: string): Route {
  const url = new URL(address, 'http://localhost');
  const parts = decode(url.pathname.split('/').filter((part) => part !== ''));
  if (parts === null) return { screen: 'unknown' };
  const [first, classId, area, period, ...rest] = parts;
  if (first === undefined) return { screen: 'classes', yearId: url.searchParams.get('nam') };
  if (first === 'toi-duoc-lam-gi' && classId === undefined) return { screen: 'rights' };
  if (first === 'khoa-truy-cap' && classId === undefined) return { screen: 'passkeys' };
  if (first === 'kich-hoat' && classId === undefined) return { screen: 'activation' };
  if (first !== 'lop' || classId === undefined || rest.length > 0) return { screen: 'unknown' };
  if (area === undefined) return { screen: 'class', classId };
  return { screen: 'sheet', classId, area, period: period ?? null };
}

/** The address of a route; parseRoute reads it back. */
export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'classes':
      return route.yearId === null ? '/' : `/?nam=${encodeURIComponent(route.yearId)}`;
    case 'class':
      return `/lop/${encodeURIComponent(route.classId)}`;
    case 'sheet':
      return `/lop/${[route.classId, route.area, ...(route.period === null ? [] : [route.period])]
        .map(encodeURIComponent)
        .join('/')}`;
    case 'activation':
      return '/kich-hoat';
    case 'passkeys':
      return '/khoa-truy-cap';
    case 'rights':
      return '/toi-duoc-lam-gi';
    case 'unknown':
      return '/';
  }
}

function decode(parts: readonly string[]): string[] | null {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return null;
  }
}
