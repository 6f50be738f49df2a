/**
 * Follows each route of the API from its controller's method through the services it calls, and looks for a question to
 * the policy (a call of `authorize`). It sees that the question is on the way, not that every branch waits for the
 * answer: that is what the tests of the roles are for.
 */
import ts from 'typescript';
import { nodesOf, type Source } from './sources.js';

/** A method or function: what it calls, and whether it asks the policy itself. */
interface Callable {
  readonly asks: boolean;
  /** "Class.method" for calls on injected services and on this; "file#function" for functions of the same file. */
  readonly calls: readonly string[];
}

/** A route of a controller. */
export interface Route {
  /** "SheetsController.draft" */
  readonly name: string;
  /** Marked @Public(): needs no session, so there is nobody to ask about. */
  readonly isPublic: boolean;
  readonly asks: boolean;
}

const HTTP = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);

/** Every route of the sources, each with whether the policy is asked on its way. */
export function routesOf(sources: readonly Source[]): Route[] {
  const graph = new Map<string, Callable>();
  const routes: { name: string; isPublic: boolean }[] = [];
  for (const source of sources) {
    for (const node of nodesOf(source.tree)) {
      if (ts.isFunctionDeclaration(node) && node.name) {
        graph.set(`${source.path}#${node.name.text}`, callable(source, node, new Map(), ''));
      }
      if (ts.isClassDeclaration(node) && node.name) addClass(source, node, node.name.text, graph, routes);
    }
  }
  return routes.map((route) => ({ ...route, asks: reaches(route.name, graph, new Set()) }));
}

function addClass(
  source: Source,
  node: ts.ClassDeclaration,
  name: string,
  graph: Map<string, Callable>,
  routes: { name: string; isPublic: boolean }[],
): void {
  const injected = injectedTypes(node);
  const classIsPublic = decorators(node).includes('Public');
  for (const member of node.members) {
    if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) continue;
    const method = `${name}.${member.name.text}`;
    graph.set(method, callable(source, member, injected, name));
    const marks = decorators(member);
    if (marks.some((mark) => HTTP.has(mark))) {
      routes.push({ name: method, isPublic: classIsPublic || marks.includes('Public') });
    }
  }
}

/** Constructor parameters that are properties: name → type. */
function injectedTypes(node: ts.ClassDeclaration): Map<string, string> {
  const constructor = node.members.find(ts.isConstructorDeclaration);
  return new Map(
    (constructor?.parameters ?? []).flatMap((parameter) =>
      ts.isIdentifier(parameter.name) && parameter.type && ts.isTypeReferenceNode(parameter.type)
        ? [[parameter.name.text, parameter.type.typeName.getText()] as const]
        : [],
    ),
  );
}

function callable(
  { path, tree }: Source,
  body: ts.Node,
  injected: ReadonlyMap<string, string>,
  className: string,
): Callable {
  const calls = [...nodesOf(body)].filter(ts.isCallExpression);
  const asks = calls.some(
    ({ expression }) => ts.isPropertyAccessExpression(expression) && expression.name.text === 'authorize',
  );
  const targets = calls.flatMap(({ expression }): string[] => {
    if (ts.isIdentifier(expression)) return [`${path}#${expression.text}`];
    if (!ts.isPropertyAccessExpression(expression)) return [];
    const on = expression.expression.getText(tree);
    if (on === 'this') return [`${className}.${expression.name.text}`];
    const type = injected.get(on.replace(/^this\./, ''));
    return type === undefined ? [] : [`${type}.${expression.name.text}`];
  });
  return { asks, calls: targets };
}

function reaches(name: string, graph: ReadonlyMap<string, Callable>, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const found = graph.get(name);
  if (found === undefined) return false;
  return found.asks || found.calls.some((call) => reaches(call, graph, seen));
}

function decorators(node: ts.HasDecorators): string[] {
  return (ts.getDecorators(node) ?? []).map(({ expression }) =>
    ts.isCallExpression(expression) ? expression.expression.getText() : expression.getText(),
  );
}
