/** What signing a place of a batch's route means: who may, whose turn it is, and the exact change that is confirmed. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Action } from '#policy/actions.js';
import { ISSUED_TYPES, issuedRoute, type IssuedType } from '#policy/signing-routes.js';
import { BatchesParams, BatchParams } from '#contracts/transcripts.js';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import { BatchStates, type BatchMember, type StandingBatch } from './batch-state.js';
import type { RoutePlace } from './transcripts.entities.js';

/** Place of the seal: the last of every route of what is issued. */
export const SEAL = issuedRoute('hoc-ba').places.length;
const WHOSE = [
  'giáo viên chủ nhiệm kí',
  'Ban Giám hiệu (người có tên trong văn bản) kí',
  'đóng dấu',
] as const;

/** The act of each place of the route of a kind, in order. */
function actionsOf(kind: IssuedType): Action[] {
  const { places, seal } = issuedRoute(kind);
  return [...places.map(({ action }) => action), seal.action];
}

/** Every act, and at which place it is done. */
const ACTS = new Map(ISSUED_TYPES.flatMap((kind) => actionsOf(kind).map((action, place) => [action, place])));

/** What signing a place means now. */
export interface SigningPlan {
  readonly action: Action;
  readonly state: StandingBatch;
  readonly place: RoutePlace;
  readonly position: number;
  readonly change: Change;
  readonly rule: string;
}

/** What signing the same place of one batch or several by one act means now. */
export interface SigningPlanOfAll {
  readonly plans: readonly SigningPlan[];
  readonly action: Action;
  readonly change: Change;
}

@Injectable()
export class SigningPlans implements OnModuleInit {
  constructor(
    private readonly access: ClassAccess,
    private readonly acts: Acts,
    private readonly states: BatchStates,
  ) {}

  onModuleInit(): void {
    for (const [action, position] of ACTS) {
      this.acts.register(action, async (session, params) => {
        return (await this.planAll(session, batchIdsOf(params), position, action)).change;
      });
    }
  }

  /** The place whose turn it is: how many signatures there are. */
  async position(schoolId: string, batchId: string): Promise<number> {
    return (await this.states.load(schoolId, batchId)).position;
  }

  /**
   * What signing this place of all these batches by one act would mean now.
   * @throws Problem as {@link plan}; VALIDATION for batches of documents that are not signed by the same act
   */
  async planAll(
    session: SessionContext,
    batchIds: readonly string[],
    position: number,
    asked?: Action,
  ): Promise<SigningPlanOfAll> {
    const asker = await this.access.asker(session);
    const plans: SigningPlan[] = [];
    for (const batchId of batchIds) plans.push(await this.planFor(session, asker, batchId, position, asked));
    const [first, ...others] = plans;
    if (first === undefined) throw new Error('no batch is named');
    const { action } = first;
    if (others.some((plan) => plan.action !== action)) {
      throw new Problem('VALIDATION', 'Các đợt kí cùng một lần phải là văn bản cùng một loại.');
    }
    return { plans, action, change: others.length === 0 ? first.change : together(action, plans) };
  }

  /**
   * What signing this place would mean now; asked when the act is stated and again when it is used.
   * @param asked the act that was asked for, where it is not the route that names it
   */
  async plan(
    session: SessionContext,
    batchId: string,
    position: number,
    asked?: Action,
  ): Promise<SigningPlan> {
    return this.planFor(session, await this.access.asker(session), batchId, position, asked);
  }

  private async planFor(
    session: SessionContext,
    asker: Asker,
    batchId: string,
    position: number,
    asked?: Action,
  ): Promise<SigningPlan> {
    const located = await this.states.locate(session.schoolId, batchId);
    const { batch, info } = located;
    const action = actionsOf(batch.kind)[position] as Action;
    const place = batch.route[position] as RoutePlace;
    const earlier = batch.route.slice(0, position);
    const relation = {
      ...asker.mine.class(info),
      earlierSigned: true,
      paperSigned: batch.paperSignedAt !== null,
      signedAlready: position < SEAL && earlier.some(({ personId }) => personId === session.personId),
    };
    // First whether this person may at all; then, with the words of the route, whether it is their turn.
    const rule = asker.authorize(info, asked ?? action, relation);
    if (asked !== undefined && asked !== action) {
      throw new Problem('ROUTE_ORDER', 'Văn bản của đợt này không có chỗ kí ấy; xem thứ tự kí của đợt.');
    }
    const state = await this.states.standing(located);
    refuseOutOfTurn(state, position);
    if (place.personId !== null && place.personId !== session.personId) {
      const detail = `Văn bản của đợt này in tên người kí là ${place.name}; người khác kí thì phải lập lại đợt.`;
      throw new Problem('STATE_CONFLICT', detail);
    }
    await this.states.refuseOvertaken(state);
    return { action, state, place, position, rule, change: changeOf(action, state, place) };
  }
}

/** The parameters name one batch, or several. */
function batchIdsOf(params: unknown): readonly string[] {
  const several = typeof params === 'object' && params !== null && 'batchIds' in params;
  return several ? validated(BatchesParams, params).batchIds : [validated(BatchParams, params).batchId];
}

/** Everything that is signed by one act: each batch, and every document with its hash. */
function together(action: Action, plans: readonly SigningPlan[]): Change {
  return {
    action,
    batches: plans.map(({ state: { batch, info }, place: { name, title, onBehalf } }) => {
      return { batchId: batch.id, classId: info.id, className: info.name, name, title, onBehalf };
    }),
    transcripts: plans.flatMap(({ state: { info, members } }) =>
      members.map((member) => ({ className: info.name, ...listed(member) })),
    ),
  };
}

function refuseOutOfTurn({ position: next, members }: StandingBatch, position: number): void {
  const all = members.every(({ signatures }) => signatures.length === next);
  if (all && next === position) return;
  if (next > position) {
    throw new Problem('ROUTE_ORDER', `Đợt này đã xong phần ${WHOSE[position] ?? ''}; không kí hai lần.`);
  }
  throw new Problem('ROUTE_ORDER', `Chưa đến lượt: còn chờ ${WHOSE[next] ?? ''}.`);
}

/** Everything that is signed, as the person reads and confirms it. */
function changeOf(action: string, { batch, info, members }: StandingBatch, place: RoutePlace): Change {
  return {
    action,
    batchId: batch.id,
    classId: info.id,
    className: info.name,
    name: place.name,
    title: place.title,
    onBehalf: place.onBehalf,
    transcripts: members.map(listed),
  };
}

function listed({ row, pupil }: BatchMember) {
  return { id: row.id, code: pupil.code, fullName: pupil.fullName, hash: row.documentHash };
}
