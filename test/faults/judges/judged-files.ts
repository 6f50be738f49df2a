/** Documents for the judges: one as the school issues it, and one for each way in which it can be false. */
import { concat, utf8 } from '#ledger/format/bytes.js';
import { replaceContents, revisionEnds } from '#pdf-fill/revision.js';
import { malleated, stripped, swappedUnderTheSeal, withLast } from '../../../libs/verify/test/tampering.js';
import type { World } from '../../../libs/verify/test/world.js';

/** By what was done to it. */
export async function judgedFiles(world: World): Promise<ReadonlyMap<string, Uint8Array>> {
  const issued = await world.issue();
  const { pdf, plan, sealCms } = issued;
  const seal = (cms: Uint8Array): Uint8Array => replaceContents(pdf, plan, 2, cms);
  const end = pdf.length;
  const update = `39 0 obj\n<< >>\nendobj\nxref\n39 1\n${String(end).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 60 /Root 2 0 R /Prev 1 >>\nstartxref\n${String(end + 22)}\n%%EOF\n`;
  const page = pdf.slice();
  page[Buffer.from(page).indexOf('BT 0 g') + 3] = 0x31;
  const [teacher, , sealer] = world.signers;
  return new Map([
    ['as the school issued it', pdf],
    ['one byte of a page changed', page],
    ['a byte after the end', concat(pdf, utf8(' '))],
    ['a visible change appended', concat(pdf, utf8(update))],
    ['the seal taken off', pdf.subarray(0, revisionEnds(pdf)[2])],
    [
      'a page and the attachment swapped under the seal',
      await swappedUnderTheSeal(issued.unproven, plan, sealer!),
    ],
    ['junk in the padding of the seal', withLast(pdf, '0000> >>', '0ff0> >>')],
    ['a ByteRange moved by one', withLast(pdf, '/ByteRange [0 ', '/ByteRange [1 ')],
    ['the other value of the same signature', seal(malleated(sealCms))],
    ['the seal of another document', seal((await world.issue()).sealCms)],
    ['a proof stripped', seal(stripped(sealCms))],
    ['the proof of another document', await withForeignProof(world)],
    ['a teacher in the deputy’s place', (await world.issue({ signers: [teacher!, teacher!, sealer!] })).pdf],
    ['certificates that were never logged', (await world.issue({ logKeys: 'never' })).pdf],
    ['in the name of another school', (await world.issue({ edit: otherSchool })).pdf],
  ]);
}

async function withForeignProof(world: World): Promise<Uint8Array> {
  const other = await world.issue();
  return (await world.issue({ changeProof: () => other.proof })).pdf;
}

function otherSchool(copy: { data: { school: { name: string } } }): void {
  copy.data.school.name = 'Trường THCS Gò Sen';
}
