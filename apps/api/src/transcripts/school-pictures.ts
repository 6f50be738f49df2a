/** Pictures that documents name: looked up by the document itself, and kept at hand, since a batch names the same ones. */
import { Inject, Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { SchoolDocument } from '#transcript/school-document.js';
import { Database } from '../database/database.js';
import { School } from '../school/school.entities.js';
import { DocumentPicture } from './school-styles.entities.js';

/** At most 200 KB each. */
const KEPT = 64;

@Injectable()
export class SchoolPictures {
  private readonly kept = new Map<string, Uint8Array>();

  constructor(@Inject(Database) private readonly database: Pick<Database, 'read'>) {}

  /** The bytes of the pictures that J names, as far as its school has them. */
  async of(document: Uint8Array): Promise<Uint8Array[]> {
    // Looked at loosely: whoever sets the pages checks the whole document.
    const { images, origin } = JSON.parse(Buffer.from(document).toString('utf8')) as Pick<
      SchoolDocument,
      'images' | 'origin'
    >;
    const hashes = [...new Set(images.map(({ hash }) => hash))];
    const missing = hashes.filter((hash) => !this.kept.has(hash));
    if (missing.length > 0) await this.load(origin, missing);
    return hashes.flatMap((hash) => this.kept.get(hash) ?? []);
  }

  private async load(origin: string, ids: readonly string[]): Promise<void> {
    const school = await this.database.read.findOneBy(School, { origin });
    if (school === null) return;
    const rows = await this.database.read.findBy(DocumentPicture, { schoolId: school.id, id: In([...ids]) });
    for (const { id, bytes } of rows) this.kept.set(id, bytes);
    for (const id of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      if (!ids.includes(id)) this.kept.delete(id);
    }
  }
}
