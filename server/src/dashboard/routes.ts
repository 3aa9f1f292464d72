import { putOff } from '#db/schema.ts'
import { dashboardCalls as calls, PUT_OFF_DAYS } from '#shared/dashboard.ts'
import { requireFacilitator } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { readDashboard } from './read-dashboard.ts'

export function addDashboardRoutes(house: House, app: App): void {
  answer(house, app, calls.getDashboard, requireFacilitator, (member) => readDashboard(house, member))

  answer(house, app, calls.putOffSuggestion, requireFacilitator, async (member, { body }) => {
    const until = new Date(house.now().getTime() + PUT_OFF_DAYS * 86_400_000)
    await house.db
      .insert(putOff)
      .values({
        groupId: member.group.id,
        accountId: member.account.id,
        suggestion: body.suggestion,
        until,
      })
      .onConflictDoUpdate({ target: [putOff.groupId, putOff.accountId, putOff.suggestion], set: { until } })
    return readDashboard(house, member)
  })
}
