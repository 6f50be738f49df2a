/** The official test vectors in ../shared/vectors, as they are read by whoever judges them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export const VECTORS = '../shared/vectors';
export const vectorsAreThere = existsSync(VECTORS);

/** A case of the RFC 6962 sets: of inclusion (leafIdx …) or of consistency (size1 …). */
interface MerkleVector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

/** A Wycheproof file: keys of some form, each with its cases. */
export interface Wycheproof<Key> {
  readonly testGroups: readonly {
    readonly publicKey: Key;
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

/** One vector has two equal "roots" that are not 32 bytes long and calls them consistent; here no such root is let in. */
export const NO_HASH = 'sizes-are-equal-one-and-proof-is-empty.json';

/** The key of the signed-note specification's example. */
export const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';

export function readVector(path: string): Uint8Array {
  return new Uint8Array(readFileSync(`${VECTORS}/${path}`));
}

export function readVectorJson<T>(path: string): T {
  return JSON.parse(readFileSync(`${VECTORS}/${path}`, 'utf8')) as T;
}

/** The RFC 6962 vectors of a kind, each with the path of its file. */
export function merkleVectors(kind: 'inclusion' | 'consistency'): [string, MerkleVector][] {
  const folder = `rfc6962-merkle/testdata/${kind}`;
  return readdirSync(`${VECTORS}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => [`${kind}/${name}`, readVectorJson<MerkleVector>(`${folder}/${name}`)]);
}
