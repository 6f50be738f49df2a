/**
 * Looks for writes that go round the unit of work: under SQLite such a write can vanish after its caller was told "ok".
 * Outside apps/api/src/database nobody may hold a data source, a repository or a query runner, nobody calls `save`, and
 * rows are written only with the `tx` that a unit of work gave.
 */
import ts from 'typescript';
import { nodesOf, placeOf, type Source } from './sources.js';

const DATABASE = 'apps/api/src/database/';
/** What of typeorm and the database folder would open a second way to the database. */
const FORBIDDEN_NAMES = new Set([
  'DataSource',
  'QueryRunner',
  'Repository',
  'UnitOfWork',
  'openWriter',
  'InjectDataSource',
  'InjectEntityManager',
  'InjectRepository',
  'getDataSourceToken',
  'getRepositoryToken',
]);
const FORBIDDEN_CALLS = new Set([
  'save',
  'getRepository',
  'createQueryRunner',
  'getTreeRepository',
  'transaction',
]);
const WRITES = new Set([
  'insert',
  'update',
  'upsert',
  'delete',
  'remove',
  'softDelete',
  'restore',
  'increment',
  'decrement',
  'clear',
]);

/** A way round, and where. */
export interface WayRound {
  readonly where: string;
  readonly what: string;
}

/** @param entities names of the entity classes: a write names one of them first */
export function findWaysRound(sources: readonly Source[], entities: ReadonlySet<string>): WayRound[] {
  return sources
    .filter(({ path }) => !path.startsWith(DATABASE))
    .flatMap((source) => [...nodesOf(source.tree)].flatMap((node) => judge(source, node, entities)));
}

/** How many writes go the right way: a check that sees none would also say "no violations". */
export function countWrites(sources: readonly Source[], entities: ReadonlySet<string>): number {
  return sources
    .flatMap(({ tree }) => [...nodesOf(tree)])
    .filter((node) => isWriteOf(node, entities) && isUnit(node)).length;
}

function judge(source: Source, node: ts.Node, entities: ReadonlySet<string>): WayRound[] {
  const found = (what: string): WayRound[] => [{ where: placeOf(source, node), what }];
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return node.moduleSpecifier.text === '@nestjs/typeorm' ? found('imports @nestjs/typeorm') : [];
  }
  if (ts.isImportSpecifier(node)) {
    const name = (node.propertyName ?? node.name).text;
    return FORBIDDEN_NAMES.has(name) ? found(`imports ${name}`) : [];
  }
  // What is called tx was given by a unit: nobody makes one.
  if (ts.isVariableDeclaration(node) && node.name.getText() === 'tx') return found('makes a tx of its own');
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const name = node.expression.name.text;
  if (FORBIDDEN_CALLS.has(name)) return found(`calls ${name}`);
  if (name === 'createQueryBuilder' && !isUnit(node) && writesLater(node))
    return found('writes with a query builder');
  if (isWriteOf(node, entities) && !isUnit(node))
    return found(`calls ${name} on ${receiver(node)}, not on tx`);
  if (
    name === 'query' &&
    !isUnit(node) &&
    /\b(insert|update|delete|create|drop|alter)\b/i.test(node.arguments[0]?.getText() ?? '')
  ) {
    return found('writes with SQL text');
  }
  return [];
}

/** `x.insert(Entity, …)`; a Map's or Set's delete names no entity. */
function isWriteOf(node: ts.Node, entities: ReadonlySet<string>): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const [first] = node.arguments;
  if (!WRITES.has(node.expression.name.text) || first === undefined || !ts.isIdentifier(first)) return false;
  return entities.has(first.text) || first.text === 'entity';
}

/** `tx`, or the `tx` that an adapter was made with for one unit. */
function isUnit(call: ts.Node): boolean {
  return ['tx', 'this.tx'].includes(receiver(call));
}

function receiver(node: ts.Node): string {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return '';
  return node.expression.expression.getText();
}

/** Whether a call in the same chain after this one inserts, updates or deletes. */
function writesLater(call: ts.CallExpression): boolean {
  let at: ts.Node = call.parent;
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at)) {
    if (ts.isPropertyAccessExpression(at) && WRITES.has(at.name.text)) return true;
    at = at.parent;
  }
  return false;
}
