import { calendarCalls } from './calendar.ts'
import { endingCalls } from './endings.ts'
import { commitmentCalls } from './commitments.ts'
import { episodeCalls } from './episodes.ts'
import { feedbackCalls } from './feedback-calls.ts'
import { guideCalls } from './guide.ts'
import { groupCalls } from './group-calls.ts'
import { inviteCalls } from './invites.ts'
import { liveCalls } from './live.ts'
import { dashboardCalls } from './dashboard.ts'
import { myDataCalls } from './my-data.ts'
import { organizationCalls } from './organization-calls.ts'
import { publicPageCalls } from './public-pages.ts'
import { rsvpLinkCalls } from './rsvp-links.ts'
import { recordCalls } from './records.ts'
import { sessionCalls } from './sessions.ts'
import { signInCalls } from './sign-in.ts'
import { threadCalls } from './threads.ts'

/** All calls of the API, for the client of the web. */
export const api = {
  ...signInCalls,
  ...organizationCalls,
  ...groupCalls,
  ...inviteCalls,
  ...episodeCalls,
  ...guideCalls,
  ...sessionCalls,
  ...rsvpLinkCalls,
  ...liveCalls,
  ...commitmentCalls,
  ...feedbackCalls,
  ...dashboardCalls,
  ...calendarCalls,
  ...threadCalls,
  ...myDataCalls,
  ...recordCalls,
  ...endingCalls,
  ...publicPageCalls,
}
export type Api = typeof api
