/** One feature's part of the schema, in the order in which it can be made. */
export interface Tables {
  readonly tables: readonly string[];
  readonly indexes: readonly string[];
  /** More defences where the engine has them; nothing relies on them. */
  readonly triggers?: (engine: string) => readonly string[];
}
