import { beforeAll, describe, expect, test } from '@jest/globals';
import { World, type Issued } from './world.js';

let world: World;
let issued: Issued;

beforeAll(async () => {
  world = await World.make();
  issued = await world.issue();
});

describe('an issued transcript', () => {
  test('is valid offline, with its signers, its place in the ledger and its data', async () => {
    const result = await world.verify(issued.pdf);
    expect(result.reasons).toEqual(['whether a later version replaced it was not looked up']);
    expect(result).toMatchObject({ verdict: 'valid', code: null, demo: true, resultsFollow: true });
  });
});
