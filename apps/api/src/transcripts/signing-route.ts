/**
 * Who signs a class's transcripts (roles.md rule 6; the route is the one of libs/policy's table): the homeroom teacher, the principal or a deputy under a written
 * delegation ("KT. HIỆU TRƯỞNG"), and the school's seal, put on by whoever is appointed to it.
 */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { issuedRoute, SIGNING_ROUTES, type IssuedType } from '#policy/signing-routes.js';
import { normalizeText } from '#transcript/text.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { isHeld } from '../identity/appointments.js';
import { Appointment, Delegation, Person } from '../identity/identity.entities.js';
import { HOMEROOM, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import type { School } from '../school/school.entities.js';
import { Certificates } from './certificates.js';
import type { Certificate, RoutePlace } from './transcripts.entities.js';

const {
  places: [HOMEROOM_PLACE, HEAD_PLACE],
  seal: SEAL_PLACE,
} = SIGNING_ROUTES['hoc-ba'];
/** What a delegation must cover; "*" covers everything. */
const SCOPES: readonly string[] = [HEAD_PLACE.action, '*'];

/** A route with the certificate of each place, in order. */
export interface CertifiedRoute {
  readonly places: readonly RoutePlace[];
  readonly certificates: readonly Certificate[];
}

@Injectable()
export class SigningRoute {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly classes: Classes,
    private readonly certificates: Certificates,
  ) {}

  /**
   * The route of a kind of document of a class today: as of its học bạ, or where a vice-principal signs in their own
   * right, with the principal in that place when there is no other.
   * @param signerId who signs for the school, when it is not the first who may
   * @throws Problem STATE_CONFLICT when a place has nobody
   */
  async ofKind(info: ClassInfo, kind: IssuedType, signerId?: string): Promise<CertifiedRoute> {
    const checker = issuedRoute(kind).places[1];
    if (checker?.signer !== 'vice-principal') return this.of(info, signerId);
    const { school } = info;
    const homeroom = await this.homeroom(info);
    const { person, role } = await this.checker(info.schoolId, homeroom.id, signerId);
    const certificates = [
      await this.certificates.of(school, { role: 'teacher', person: homeroom }),
      await this.certificates.of(school, { role, person }),
      await this.certificates.of(school, { role: 'seal', person: null }),
    ] as const;
    const [first, second, seal] = certificates;
    const title = role === 'principal' ? HEAD_PLACE.title : checker.title;
    const places: RoutePlace[] = [
      place(HOMEROOM_PLACE.signer, homeroom, first, HOMEROOM_PLACE.title, null),
      place('vice-principal', person, second, title, null),
      sealPlace(school, seal),
    ];
    return { places, certificates };
  }

  /** The vice-principal asked for, or the first there is; else the principal. Never the homeroom teacher. */
  private async checker(
    schoolId: string,
    homeroomId: string,
    signerId: string | undefined,
  ): Promise<{ person: Person; role: 'vice-principal' | 'principal' }> {
    const today = this.clock.today();
    const appointed = (
      await this.database.read.findBy(Appointment, {
        schoolId,
        role: In(['vice-principal', 'principal']),
      })
    ).filter((row) => isHeld(row, today) && row.personId !== homeroomId);
    const vices = idsOf(appointed, 'vice-principal');
    const id = signerId ?? vices[0] ?? idsOf(appointed, 'principal')[0];
    if (id === undefined || !appointed.some(({ personId }) => personId === id)) {
      throw missing('Không có Phó Hiệu trưởng hay Hiệu trưởng nào kí được văn bản này hôm nay.');
    }
    const person = await this.database.read.findOneByOrFail(Person, { schoolId, id });
    return { person, role: vices.includes(id) ? 'vice-principal' : 'principal' };
  }

  /**
   * The route of a class today; certificates that are missing are made.
   * @param signerId who signs as principal, when it is not the principal
   * @throws Problem STATE_CONFLICT when a place has nobody
   */
  async of(info: ClassInfo, signerId?: string): Promise<CertifiedRoute> {
    const { school } = info;
    const homeroom = await this.homeroom(info);
    const { person: head, deputy } = await this.principal(info.schoolId, signerId);
    if (head.id === homeroom.id) {
      throw missing('Giáo viên chủ nhiệm và người kí thay Hiệu trưởng là một người; hãy để người khác kí.');
    }
    const certificates = [
      await this.certificates.of(school, { role: 'teacher', person: homeroom }),
      await this.certificates.of(school, { role: deputy ? 'vice-principal' : 'principal', person: head }),
      await this.certificates.of(school, { role: 'seal', person: null }),
    ] as const;
    const [first, second, seal] = certificates;
    const places: RoutePlace[] = [
      place(HOMEROOM_PLACE.signer, homeroom, first, HOMEROOM_PLACE.title, null),
      deputy
        ? place(HEAD_PLACE.signer, head, second, HEAD_PLACE.deputy.title, HEAD_PLACE.deputy.onBehalf)
        : place(HEAD_PLACE.signer, head, second, HEAD_PLACE.title, null),
      sealPlace(school, seal),
    ];
    return { places, certificates };
  }

  private async homeroom(info: ClassInfo): Promise<Person> {
    const assignments = await this.classes.assignments([info]);
    const own = assignments.filter(({ area }) => area === HOMEROOM).at(-1);
    const person =
      own && (await this.database.read.findOneBy(Person, { schoolId: info.schoolId, id: own.personId }));
    if (!person) throw missing(`Lớp ${info.name} chưa có giáo viên chủ nhiệm để kí học bạ.`);
    return person;
  }

  /** The principal, or the deputy asked for, or (where there is no principal today) the one deputy who may. */
  private async principal(schoolId: string, signerId?: string): Promise<{ person: Person; deputy: boolean }> {
    const read = this.database.read;
    const today = this.clock.today();
    const appointed = (
      await read.findBy(Appointment, { schoolId, role: In(['principal', 'vice-principal']) })
    ).filter((row) => isHeld(row, today));
    const principals = idsOf(appointed, 'principal');
    const delegations = await read.findBy(Delegation, { schoolId });
    const deputies = delegations
      .filter((row) => isHeld(row, today) && SCOPES.includes(row.scope))
      .map((row) => row.toPersonId)
      .filter((id) => idsOf(appointed, 'vice-principal').includes(id));
    const id = signerId ?? principals[0] ?? deputies[0];
    if (id === undefined || !(principals.includes(id) || deputies.includes(id))) {
      throw missing('Không có Hiệu trưởng, và không có Phó Hiệu trưởng nào được ủy quyền kí học bạ hôm nay.');
    }
    const person = await read.findOneByOrFail(Person, { schoolId, id });
    return { person, deputy: !principals.includes(id) };
  }
}

function idsOf(appointed: readonly Appointment[], role: string): string[] {
  return appointed.filter((row) => row.role === role).map((row) => row.personId);
}

function place(
  role: RoutePlace['role'],
  person: Person,
  { id }: Certificate,
  title: string,
  onBehalf: string | null,
): RoutePlace {
  return {
    role,
    personId: person.id,
    certificateId: id,
    name: normalizeText(person.fullName),
    title,
    onBehalf,
  };
}

function sealPlace(school: School, { id }: Certificate): RoutePlace {
  const name = normalizeText(school.name);
  return { role: 'seal', personId: null, certificateId: id, name, title: SEAL_PLACE.title, onBehalf: null };
}

function missing(detail: string): Problem {
  return new Problem('STATE_CONFLICT', detail);
}
