/**
 * A council's decision may name only pupils of the list that its meeting passed. The application enters no other; whoever
 * has SQL, or a fault of the program, could. Part of the audit, and of what is asked before a class's transcripts are issued.
 */
import { In, type EntityManager } from 'typeorm';
import type { Finding } from '../audit/report.js';
import { Pupil, SchoolClass } from '../school/school.entities.js';
import { ClassList, CouncilMeeting } from './council.entities.js';
import { passed } from './council-meetings.js';
import { CouncilDecision } from './results.entities.js';

const WHAT_TO_DO =
  'không phát hành theo quyết định này; đối chiếu với biên bản họp trên giấy, rồi lập danh sách, họp và nhập quyết định mới cho các em';

/** Findings of the school's decisions, or of one class's. */
export async function checkDecisions(
  read: EntityManager,
  schoolId: string,
  classId?: string,
): Promise<Finding[]> {
  const where = { schoolId, ...(classId === undefined ? {} : { classId }) };
  const decisions = await read.find(CouncilDecision, { where, order: { eventSeq: 'ASC' } });
  const meetings = await read.findBy(CouncilMeeting, {
    schoolId,
    id: In(decisions.map((row) => row.meetingId)),
  });
  const lists = await read.findBy(ClassList, where);
  const findings: Finding[] = [];
  for (const decision of decisions) {
    const meeting = meetings.find(({ id }) => id === decision.meetingId);
    const listed = new Set(listPassed(decision, meeting, lists)?.pupilIds);
    const strangers = decision.pupilIds.filter((pupilId) => !listed.has(pupilId));
    if (strangers.length === 0) continue;
    const { id, number } = decision;
    const why = listed.size === 0 ? 'cuộc họp của quyết định không thông qua danh sách nào của lớp; ' : '';
    const whose = await named(read, decision, strangers);
    const detail = `quyết định số ${number} ghi ${whose} không có trong danh sách mà hội đồng đã thông qua: ${why}${WHAT_TO_DO}`;
    findings.push({ code: 'DECISION_UNLISTED', table: 'council_decisions', id, detail });
  }
  return findings;
}

/** The class's list that the decision's meeting voted for; undefined when it voted for none. */
function listPassed(
  { classId, yearId }: CouncilDecision,
  meeting: CouncilMeeting | undefined,
  lists: readonly ClassList[],
): ClassList | undefined {
  if (meeting === undefined || meeting.yearId !== yearId) return undefined;
  const vote = meeting.votes.find((each) => each.classId === classId && passed(each, meeting.present));
  return lists.find((list) => list.id === vote?.listId && list.classId === classId);
}

/** The class, and its pupils by their codes: an audit report names no pupil. */
async function named(
  read: EntityManager,
  { schoolId, classId }: CouncilDecision,
  pupilIds: readonly string[],
): Promise<string> {
  const pupils = await read.findBy(Pupil, { schoolId, id: In([...pupilIds]) });
  const codes = pupilIds.map((pupilId) => pupils.find(({ id }) => id === pupilId)?.code ?? pupilId);
  const of = await read.findOneBy(SchoolClass, { schoolId, id: classId });
  return `lớp ${of?.name ?? classId}, học sinh ${codes.join(', ')}`;
}
