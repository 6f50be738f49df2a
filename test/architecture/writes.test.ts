import { describe, expect, test } from '@jest/globals';
import { ENTITIES } from '#api/database/entities.js';
import { parse, readSources } from './sources.js';
import { countWrites, findWaysRound } from './writes.js';

const entities = new Set<string>(ENTITIES.map((entity) => entity.name));
const sources = readSources(process.cwd(), 'apps', 'fixtures');

describe('writes to the database', () => {
  test('all go through the unit of work', () => {
    expect(findWaysRound(sources, entities)).toEqual([]);
  });

  test('are really looked at: the sources are read and the right writes are recognised', () => {
    expect(sources.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['apps/api/src/gradebook/mark-store.ts', 'apps/api/src/identity/sessions.ts']),
    );
    expect(countWrites(sources, entities)).toBeGreaterThan(15);
  });

  test.each([
    ['an injected data source', `import { DataSource } from 'typeorm';`],
    ['an injected repository', `import { InjectRepository } from '@nestjs/typeorm';`],
    ['an aliased repository type', `import type { Repository as Shelf } from 'typeorm';`],
    ['the unit of work taken apart', `import { UnitOfWork } from '../database/unit-of-work.js';`],
    ['a second writer', `import { openWriter } from '../database/data-source.js';`],
    ['save on a repository', `await manager.getRepository(MarkCell).save(mark);`],
    ['save inside a unit', `await this.database.write((tx) => tx.save(MarkCell, mark));`],
    ['the reader writing', `await this.database.read.insert(MarkCell, mark);`],
    [
      'the reader under another name',
      `const read = this.database.read; await read.update(MarkCell, key, { value });`,
    ],
    ['the reader called tx', `const tx = this.database.read;`],
    ['a query runner', `const runner = source.createQueryRunner();`],
    ['a transaction of its own', `await source.transaction((tx) => tx.insert(MarkCell, mark));`],
    ['a query builder', `await read.createQueryBuilder().update(MarkCell).set({ value }).execute();`],
    ['SQL text', "await read.query(`UPDATE marks SET value = '10'`);"],
  ])('a planted violation is caught: %s', (_, code) => {
    const planted = parse('apps/api/src/gradebook/planted.ts', `${code}\n`);
    expect(findWaysRound([...sources, planted], entities).map(({ where }) => where)).toContain(
      'apps/api/src/gradebook/planted.ts:1',
    );
  });

  test.each([
    ['a write with the unit’s tx', `await tx.insert(MarkCell, mark);`],
    ['a Map or Set of its own', `seen.delete(key); const Seen = new Set(); Seen.delete(key);`],
    ['a query builder that reads', `await read.createQueryBuilder(MarkCell, 'mark').getMany();`],
    ['the same names inside the database folder', `import { DataSource } from 'typeorm';`],
  ])('what is allowed is not flagged: %s', (why, code) => {
    const path = why.includes('database folder')
      ? 'apps/api/src/database/planted.ts'
      : 'apps/api/src/x/planted.ts';
    expect(findWaysRound([parse(path, code)], entities)).toEqual([]);
  });
});
