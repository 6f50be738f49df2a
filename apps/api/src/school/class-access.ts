/** Asks the policy about a class: what a person may not even see is not found, what they may only see is forbidden. */
import { Injectable } from '@nestjs/common';
import { decide } from '#policy/decide.js';
import type { Action, Relation } from '#policy/types.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import type { ClassInfo } from './class-info.js';
import { Classes } from './classes.js';
import { Relations, type MyAssignments } from './relations.js';

/** A class, how the person stands to it, and the rule that let them in. */
export interface OpenedClass {
  readonly info: ClassInfo;
  readonly mine: MyAssignments;
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
  ) {}

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
    const mine = await this.relations.mine(session);
    return { info, mine, rule: await this.check(session, info, mine, action, relationOf(info, mine)) };
  }

  /** As {@link authorize}, for a class already loaded. */
  async check(
    session: SessionContext,
    info: ClassInfo,
    mine: MyAssignments,
    action: Action,
    relation: Relation,
  ): Promise<string> {
    const actor = await this.authorizer.actor(session);
    const decision = decide(actor, action, relation);
    if (decision.allow) return decision.rule;
    if (!decide(actor, 'class.read', mine.class(info)).allow) throw notFound('lớp');
    throw new Problem('FORBIDDEN', decision.sentence, [], { rule: decision.rule });
  }
}
