/** A row's values as its journal event keeps them: audit compares them with the row, name by name. */

/** All columns but the school and the id, which the event carries itself, and those named. */
export function rowData<
  T extends { readonly schoolId: string; readonly id: string },
  K extends keyof T = never,
>(row: T, ...without: readonly K[]): Omit<T, 'schoolId' | 'id' | K> {
  const left = new Set<PropertyKey>(['schoolId', 'id', ...without]);
  return Object.fromEntries(Object.entries(row).filter(([key]) => !left.has(key))) as Omit<
    T,
    'schoolId' | 'id' | K
  >;
}
