/** Asks the policy about classes: what a person may not even see is not found, what they may only see is forbidden. */
import { Injectable } from '@nestjs/common';
import { decide } from '#policy/decide.js';
import type { Action, Actor, Relation } from '#policy/types.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { AccessLog } from './access-log.js';
import type { ClassInfo } from './class-info.js';
import { Classes } from './classes.js';
import { Relations, type MyAssignments } from './relations.js';

/** The session's person with the roles and assignments of today, read once for as many questions as it takes. */
export class Asker {
  constructor(
    private readonly actor: Actor,
    /** How they stand to classes and sheets. */
    readonly mine: MyAssignments,
  ) {}

  /** For what is shown or hidden; a use case calls {@link authorize}. */
  may(action: Action, relation: Relation): boolean {
    return decide(this.actor, action, relation).allow;
  }

  /**
   * @returns the number of the rule that allows it
   * @throws Problem NOT_FOUND when they may not see the class at all, FORBIDDEN with the rule's sentence
   */
  authorize(info: ClassInfo, action: Action, relation: Relation): string {
    const decision = decide(this.actor, action, relation);
    if (decision.allow) return decision.rule;
    if (!this.may('class.read', this.mine.class(info))) throw notFound('lớp');
    throw new Problem('FORBIDDEN', decision.sentence, [], { rule: decision.rule });
  }
}

/** The rule by which a family sees its own child. */
const OWN_CHILD = 'R0.7';

/** A class, the person who asked for it, and the rule that let them in. */
export interface OpenedClass {
  readonly info: ClassInfo;
  readonly asker: Asker;
  readonly rule: string;
}

/** Gives the relation that an action is asked with, from the class and the person's assignments. */
export type RelationOf = (info: ClassInfo, mine: MyAssignments) => Relation;

@Injectable()
export class ClassAccess {
  constructor(
    private readonly classes: Classes,
    private readonly relations: Relations,
    private readonly authorizer: Authorizer,
    private readonly log: AccessLog,
  ) {}

  async asker(session: SessionContext): Promise<Asker> {
    return new Asker(await this.authorizer.actor(session), await this.relations.mine(session));
  }

  /**
   * Loads a class for an action.
   * @param relationOf by default how the person stands to the class
   * @throws Problem NOT_FOUND for another school's class and for one the person may not see; FORBIDDEN
   */
  async authorize(
    session: SessionContext,
    classId: string,
    action: Action,
    relationOf: RelationOf = (info, mine) => mine.class(info),
  ): Promise<OpenedClass> {
    const info = await this.classes.load(session.schoolId, classId);
    const asker = await this.asker(session);
    const rule = asker.authorize(info, action, relationOf(info, asker.mine));
    // What a family reads of its own child is nobody's data but theirs: other families do not see them in the log.
    if (rule !== OWN_CHILD) await this.log.note(session, classId, action);
    return { info, asker, rule };
  }
}
