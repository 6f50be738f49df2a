/** The way from results to the council's decision, as the people of a class go it. */
import { randomUUID } from 'node:crypto';
import type { MeetingAnswer } from '#contracts/council.js';
import type { DecisionAnswer } from '#contracts/results.js';
import type { Answer, Desk, TestClass, TestSchool, TestServer } from './school.js';

/** Who takes part, and for which class. */
export interface CouncilPeople {
  readonly school: TestSchool;
  readonly target: TestClass;
  readonly homeroom: Desk;
  readonly vice: Desk;
}

function expectOk<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
}

/** A meeting of 20 today that passes the list of the class. */
export function meetingOf(
  { school, target, homeroom, vice }: CouncilPeople,
  heldOn: string,
  votes: object = { votesFor: 19, votesAgainst: 0, abstained: 1 },
): object {
  return {
    ...{ yearId: school.yearId, heldOn, chairId: vice.id, secretaryId: homeroom.id },
    ...{ members: 22, present: 20, minutes: 'Hội đồng xét kết quả của lớp và biểu quyết.' },
    votes: [{ classId: target.id, ...votes }],
  };
}

/** The homeroom teacher's list and the meeting that passes it. @returns the meeting's id */
export async function councilMeets(server: TestServer, people: CouncilPeople): Promise<string> {
  expectOk(await people.homeroom.post(`/api/results/${people.target.id}/lists`));
  const meeting = meetingOf(people, server.clock.today());
  return expectOk(await people.vice.post<MeetingAnswer>('/api/council-meetings', meeting)).id;
}

/** List, meeting and decision of today. */
export async function councilDecides(
  server: TestServer,
  people: CouncilPeople,
  number = `${randomUUID().slice(0, 4)}/QĐ`,
): Promise<DecisionAnswer> {
  const meetingId = await councilMeets(server, people);
  const decision = { classId: people.target.id, meetingId, number, decidedOn: server.clock.today() };
  return expectOk(await people.vice.post<DecisionAnswer>('/api/decisions', decision));
}
