/** How a batch's documents look: the school's newest template file, and the pictures of those who sign it. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { DocumentImage } from '#transcript/document.js';
import { styleHash, type SchoolStyle } from '#transcript/school-style.js';
import { Database } from '../database/database.js';
import { DocumentStyle, SCHOOL_OWNER } from './school-styles.entities.js';
import type { RoutePlace } from './transcripts.entities.js';

/** What J says of it. */
export interface DocumentLook {
  readonly school?: SchoolStyle;
  readonly images: readonly DocumentImage[];
}

@Injectable()
export class DocumentLooks {
  constructor(private readonly database: Database) {}

  /** Of documents that these people sign, as of now. */
  async of(schoolId: string, places: readonly RoutePlace[]): Promise<DocumentLook> {
    const owners = [SCHOOL_OWNER, ...places.flatMap(({ personId }) => personId ?? [])];
    const rows = await this.database.read.find(DocumentStyle, {
      where: { schoolId, owner: In(owners) },
      order: { version: 'ASC' },
    });
    const newest = new Map(rows.map((row) => [row.owner, row]));
    const own = newest.get(SCHOOL_OWNER);
    const images = places.flatMap(({ role, personId }): DocumentImage[] => {
      const hash = personId === null ? own?.pictures.seal : newest.get(personId)?.pictures.signature;
      return hash === undefined ? [] : [{ place: role, hash }];
    });
    const logo = own?.pictures.logo;
    if (logo !== undefined) images.push({ place: 'logo', hash: logo });
    images.sort((a, b) => (a.place < b.place ? -1 : 1));
    return own === undefined ? { images } : { school: styleOf(own), images };
  }
}

/** The school's file as J names it. */
export function styleOf({ version, texts, pictures: { logo, seal } }: DocumentStyle): SchoolStyle {
  const images = {
    ...(logo === undefined ? {} : { logo }),
    ...(seal === undefined ? {} : { seal }),
  };
  return { version, hash: styleHash(texts, images), texts };
}
