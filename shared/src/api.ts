import { agreementCalls } from './agreements.ts'
import { announcementCalls } from './announcements.ts'
import { auditCalls } from './audit-calls.ts'
import { ballotCalls } from './ballots.ts'
import { calendarCalls } from './calendar.ts'
import { dutyCalls } from './duties.ts'
import { endingCalls } from './endings.ts'
import { cityCalls } from './cities.ts'
import { careerCalls } from './career.ts'
import { companionCalls } from './companions.ts'
import { commitmentCalls } from './commitments.ts'
import { episodeCalls } from './episodes.ts'
import { eveningCalls } from './evenings.ts'
import { expertCalls } from './experts.ts'
import { exportCalls } from './exports.ts'
import { feedbackCalls } from './feedback-calls.ts'
import { followingCalls } from './following.ts'
import { guestCalls } from './guests.ts'
import { goRoundCalls } from './go-rounds.ts'
import { guideCalls } from './guide.ts'
import { groupCalls } from './group-calls.ts'
import { internalGroupCalls } from './internal-groups.ts'
import { inviteCalls } from './invites.ts'
import { joinCalls } from './joining.ts'
import { leadCalls } from './leading.ts'
import { liveCalls } from './live.ts'
import { livePlanCalls } from './live-plan.ts'
import { dashboardCalls } from './dashboard.ts'
import { moderationCalls } from './moderation.ts'
import { myDataCalls } from './my-data.ts'
import { organizationCalls } from './organization-calls.ts'
import { ssoCalls } from './sso.ts'
import { hrCalls } from './hr.ts'
import { questionCalls } from './questions.ts'
import { plenaryCalls } from './plenary.ts'
import { podCalls } from './pods.ts'
import { postPartCalls } from './post-parts.ts'
import { publicPageCalls } from './public-pages.ts'
import { reminderCalls } from './reminders.ts'
import { rsvpLinkCalls } from './rsvp-links.ts'
import { recordCalls } from './records.ts'
import { retentionCalls } from './retention.ts'
import { searchCalls } from './search.ts'
import { seriesCalls } from './series.ts'
import { showCalls } from './shows.ts'
import { sessionCalls } from './sessions.ts'
import { signInCalls } from './sign-in.ts'
import { slipCalls } from './slips.ts'
import { splitCalls } from './splits.ts'
import { takeOverCalls } from './take-overs.ts'
import { highlightCalls } from './highlights.ts'
import { listeningCalls } from './listening.ts'
import { templateCalls } from './templates.ts'
import { threadCalls } from './threads.ts'
import { unreadCalls } from './unread.ts'
import { topicCalls } from './topics.ts'
import { transcriptCalls } from './transcripts.ts'
import { wrapUpCalls } from './wrap-ups.ts'

/** All calls of the API, for the client of the web. */
export const api = {
  ...signInCalls,
  ...organizationCalls,
  ...internalGroupCalls,
  ...auditCalls,
  ...ssoCalls,
  ...hrCalls,
  ...cityCalls,
  ...groupCalls,
  ...inviteCalls,
  ...episodeCalls,
  ...showCalls,
  ...guestCalls,
  ...guideCalls,
  ...seriesCalls,
  ...sessionCalls,
  ...wrapUpCalls,
  ...questionCalls,
  ...rsvpLinkCalls,
  ...reminderCalls,
  ...liveCalls,
  ...livePlanCalls,
  ...leadCalls,
  ...joinCalls,
  ...podCalls,
  ...companionCalls,
  ...plenaryCalls,
  ...goRoundCalls,
  ...slipCalls,
  ...topicCalls,
  ...ballotCalls,
  ...commitmentCalls,
  ...expertCalls,
  ...eveningCalls,
  ...feedbackCalls,
  ...careerCalls,
  ...dashboardCalls,
  ...calendarCalls,
  ...templateCalls,
  ...threadCalls,
  ...unreadCalls,
  ...followingCalls,
  ...searchCalls,
  ...exportCalls,
  ...listeningCalls,
  ...highlightCalls,
  ...postPartCalls,
  ...transcriptCalls,
  ...moderationCalls,
  ...myDataCalls,
  ...recordCalls,
  ...endingCalls,
  ...dutyCalls,
  ...announcementCalls,
  ...agreementCalls,
  ...takeOverCalls,
  ...retentionCalls,
  ...splitCalls,
  ...publicPageCalls,
}
export type Api = typeof api
