import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { openDatabase, type OpenDatabase } from '#api/database/data-source.js';
import { School } from '#api/school/school.entities.js';
import { ENGINE, freshDatabase, type TestDatabase } from './engine.js';

let place: TestDatabase;
let open: OpenDatabase;

beforeEach(async () => {
  place = await freshDatabase();
  open = await openDatabase(place.config);
});
afterEach(async () => {
  await open.close();
  await place.drop();
});

function school(id: string) {
  return {
    id,
    slug: id,
    code: id,
    name: id,
    level: 'PRIMARY' as const,
    commune: '',
    province: '',
    origin: `test.example/${id}`,
    settings: { homeroomConfirms: true, allowTotpStepUp: true, demo: true },
  };
}
const pause = () => new Promise((done) => setTimeout(done, 20));
const names = async () => (await open.database.read.find(School, { order: { id: 'ASC' } })).map((s) => s.id);

describe(`the unit of work on ${ENGINE}`, () => {
  test('keeps what one unit committed while another one beside it failed', async () => {
    const failing = open.database.write(async (tx) => {
      await tx.insert(School, school('lost'));
      await pause();
      throw new Error('A fails');
    });
    const keeping = open.database.write((tx) => tx.insert(School, school('kept')));
    await expect(failing).rejects.toThrow('A fails');
    await keeping;
    expect(await names()).toEqual(['kept']);
  });

  test('commits twenty concurrent units, every one of them', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    await Promise.all(
      ids.map((id) => open.database.write(async (tx) => void (await tx.insert(School, school(id))))),
    );
    expect(await names()).toEqual(ids);
  });

  test('a unit inside a unit joins it: the outer one decides', async () => {
    const outer = open.database.write(async () => {
      await open.database.write((tx) => tx.insert(School, school('inner')));
      throw new Error('outer fails');
    });
    await expect(outer).rejects.toThrow('outer fails');
    expect(await names()).toEqual([]);
  });

  test('reads inside a unit see its own writes, reads outside do not before the commit', async () => {
    let outside: Promise<string[]> | undefined;
    await open.database.write(async (tx) => {
      await tx.insert(School, school('mine'));
      expect(await open.database.read.count(School)).toBe(1);
      outside = outsideReader();
      await outside;
    });
    expect(await outside).toEqual([]);
    expect(await names()).toEqual(['mine']);
  });

  test('a write that goes round it is refused by the engine itself', async () => {
    await expect(open.database.read.insert(School, school('around'))).rejects.toThrow(/read-?only/i);
    expect(await names()).toEqual([]);
  });

  /** What another process sees. */
  async function outsideReader(): Promise<string[]> {
    const other = await openDatabase(place.config);
    try {
      return (await other.database.read.find(School)).map((s) => s.id);
    } finally {
      await other.close();
    }
  }
});

const onSqlite = ENGINE === 'sqlite' ? describe : describe.skip;
onSqlite('without the unit of work (the loss it is there for)', () => {
  test('a committed row vanishes after its caller was told "ok"', async () => {
    const bare = await new DataSource({
      type: 'sqlite',
      database: `${place.folder}/bare.sqlite`,
      entities: [School],
      synchronize: false,
    }).initialize();
    await bare.query(
      'CREATE TABLE schools (id text PRIMARY KEY, slug text, code text, name text, level text, commune text, province text, origin text, settings text)',
    );
    // There is one connection: what begins beside an open transaction becomes a savepoint inside it.
    let told: string | undefined;
    const failing = bare.transaction(async (tx) => {
      await tx.insert(School, school('a'));
      told = await bare.transaction((other) => other.insert(School, school('b'))).then(() => 'ok');
      throw new Error('A fails');
    });
    await expect(failing).rejects.toThrow('A fails');
    expect(told).toBe('ok');
    expect(await bare.getRepository(School).find()).toEqual([]);
    await bare.destroy();
  });
});
