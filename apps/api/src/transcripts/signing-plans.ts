/** What signing a place of a batch's route means: who may, whose turn it is, and the exact change that is confirmed. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SIGNING_ROUTES } from '#policy/signing-routes.js';
import { BatchParams } from '#contracts/transcripts.js';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { BatchStates, type StandingBatch } from './batch-state.js';
import type { RoutePlace } from './transcripts.entities.js';

const ROUTE = SIGNING_ROUTES['hoc-ba'];
/** The act of each place of the route, in order. */
const SIGNING_ACTIONS = [...ROUTE.places.map(({ action }) => action), ROUTE.seal.action] as const;
/** Place of the seal: the last. */
export const SEAL = ROUTE.places.length;
const WHOSE = ['giáo viên chủ nhiệm kí', 'Hiệu trưởng (hoặc người kí thay) kí', 'đóng dấu'] as const;

type SigningAction = (typeof SIGNING_ACTIONS)[number];

/** What signing a place means now. */
export interface SigningPlan {
  readonly action: SigningAction;
  readonly state: StandingBatch;
  readonly place: RoutePlace;
  readonly position: number;
  readonly change: Change;
  readonly rule: string;
}

@Injectable()
export class SigningPlans implements OnModuleInit {
  constructor(
    private readonly access: ClassAccess,
    private readonly acts: Acts,
    private readonly states: BatchStates,
  ) {}

  onModuleInit(): void {
    SIGNING_ACTIONS.forEach((action, position) => {
      this.acts.register(action, async (session, params) => {
        return (await this.plan(session, validated(BatchParams, params).batchId, position)).change;
      });
    });
  }

  /** The place whose turn it is: how many signatures there are. */
  async position(schoolId: string, batchId: string): Promise<number> {
    return (await this.states.load(schoolId, batchId)).position;
  }

  /** What signing this place would mean now; asked when the act is stated and again when it is used. */
  async plan(session: SessionContext, batchId: string, position: number): Promise<SigningPlan> {
    const { batch, info } = await this.states.locate(session.schoolId, batchId);
    const action = SIGNING_ACTIONS[position] as SigningAction;
    const asker = await this.access.asker(session);
    const place = batch.route[position] as RoutePlace;
    const earlier = batch.route.slice(0, position);
    const relation = {
      ...asker.mine.class(info),
      earlierSigned: true,
      paperSigned: batch.paperSignedAt !== null,
      signedAlready: position < SEAL && earlier.some(({ personId }) => personId === session.personId),
    };
    // First whether this person may at all; then, with the words of the route, whether it is their turn.
    const rule = asker.authorize(info, action, relation);
    const state = await this.states.load(session.schoolId, batchId);
    refuseOutOfTurn(state, position);
    if (place.personId !== null && place.personId !== session.personId) {
      const detail = `Học bạ của đợt này in tên người kí là ${place.name}; người khác kí thì phải lập lại đợt.`;
      throw new Problem('STATE_CONFLICT', detail);
    }
    await this.states.refuseOvertaken(state);
    return { action, state, place, position, rule, change: changeOf(action, state, place) };
  }
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
    transcripts: members.map(({ row, pupil }) => ({
      id: row.id,
      code: pupil.code,
      fullName: pupil.fullName,
      hash: row.documentHash,
    })),
  };
}
