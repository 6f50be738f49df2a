import type { Level } from './charter.js';
import type { Switches } from './switches.js';

export type { Action } from './actions.js';

/**
 * Roles held by appointment, for a school and a span of dates. Homeroom and subject teachers are relations to a class;
 * the sealer is an appointment of its own (a clerk or IT officer mostly), not a job title.
 */
export type Role =
  | 'principal'
  | 'vice-principal'
  | 'it-officer'
  | 'clerk'
  | 'group-head'
  | 'teacher'
  | 'sealer'
  | 'inspector'
  | 'guardian'
  | 'pupil';

export const ROLES: readonly Role[] = [
  'principal',
  'vice-principal',
  'it-officer',
  'clerk',
  'group-head',
  'teacher',
  'sealer',
  'inspector',
  'guardian',
  'pupil',
];

/** A principal's written delegation in force today. */
export interface HeldDelegation {
  /** The action it covers ("transcript.sign.principal"), or "*" for all that can be delegated. */
  readonly scope: string;
  readonly decisionNumber: string;
}

/** Who asks: only what is in force in this school on `date`. */
export interface Actor {
  readonly personId: string;
  /** YYYY-MM-DD, the calendar day of the event in Viet Nam. */
  readonly date: string;
  readonly roles: readonly Role[];
  readonly delegations: readonly HeldDelegation[];
  /** What the person's school has decided for itself. */
  readonly switches: Switches;
}

/** How the homeroom teacher's confirmation of a correction stands. */
export type Confirmation = 'needed' | 'done' | 'skipped';

/**
 * How the actor stands to what they want to touch, and in what state it is. The caller computes what the action's
 * `needs` name; what it leaves out counts as "no" where it would allow, and refuses where it could forbid.
 */
export interface Relation {
  readonly schoolLevel?: Level;

  /** Assigned to this class × area (and column, where columns have owners) today; of homeroom areas the homeroom teacher is. */
  readonly teachesColumn?: boolean;
  /** Teaches anything in the class, homeroom included. */
  readonly teachesClass?: boolean;
  readonly homeroomOfClass?: boolean;
  /** The class or subject belongs to the group that the actor heads. */
  readonly inGroup?: boolean;
  /** The matter is in what the principal put this vice-principal in charge of. */
  readonly inScope?: boolean;
  /** The pupil is the guardian's child, or the pupil themself. */
  readonly ownChild?: boolean;

  /** An entry window is open for these cells now. */
  readonly windowOpen?: boolean;
  /** Any of the cells is recorded. */
  readonly recorded?: boolean;
  /** All that is recorded of them was recorded on the actor's day. */
  readonly recordedToday?: boolean;
  /** Somebody else has read the recorded values. */
  readonly seenByOthers?: boolean;
  /** The sheet is locked. */
  readonly locked?: boolean;
  /** The window stands on an announced notice. */
  readonly noticeAnnounced?: boolean;

  /** The actor asked for this correction (or this change). */
  readonly requester?: boolean;
  /** The actor recorded the value. */
  readonly teacherOfRecord?: boolean;
  /** The actor confirmed this correction. */
  readonly confirmer?: boolean;
  /** The actor is the family that appealed the mark. */
  readonly appellant?: boolean;
  /** Nobody who teaches the column, nor who recorded the value, can ask any more. */
  readonly teacherGone?: boolean;
  /** The deadline for appeals has not passed. */
  readonly appealOpen?: boolean;
  /** The homeroom teacher asked for the correction or recorded the value, or there is none: the group head is asked. */
  readonly homeroomInvolved?: boolean;
  readonly confirmation?: Confirmation;
  /** The correction is approved and waits to be applied by a person. */
  readonly approved?: boolean;
  /** The correction stands in the book. */
  readonly applied?: boolean;

  /** Something is still missing in what is to be locked. */
  readonly gaps?: boolean;
  readonly reasonGiven?: boolean;

  /** The document is signed, sealed and carries its proof. */
  readonly issued?: boolean;
  /** All earlier signatures of the route are there. */
  readonly earlierSigned?: boolean;
  /** The printed copy was signed on paper, and that was recorded. */
  readonly paperSigned?: boolean;
  /** The actor already signed this document in another place of its route. */
  readonly signedAlready?: boolean;

  /** Whom the account, appointment or delegation is for. */
  readonly self?: boolean;
  readonly appointedRole?: Role;
}

export type Flag = keyof Relation;

export interface Decision {
  readonly allow: boolean;
  /** Stable number, kept in the journal: "R3.1" belongs to rule 3 of RULES.md. */
  readonly rule: string;
  /** Why, in Vietnamese, as shown to the person. */
  readonly sentence: string;
  /** The circulars it rests on; the charter is that in force on the day of the event. */
  readonly basis: string;
}
