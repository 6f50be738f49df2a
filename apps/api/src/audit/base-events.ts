/** The events with which a school's journal begins. */

/** A row that was there before anybody signed in; once the school is opened, audit takes no more of them. */
export const BASE_EVENT = 'base.entered';

/** The school is opened: what follows, people do. */
export const SCHOOL_OPENED = 'school.opened';
