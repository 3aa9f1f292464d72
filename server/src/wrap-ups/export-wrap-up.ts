import { WRAP_UP_FORMAT, WRAP_UP_VERSION, type WrapUpFile } from '#shared/wrap-ups.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { listTakenUp } from '../sessions/list-taken-up.ts'
import { linkTo } from '../sessions/schedule-session.ts'
import { getWrapUp } from './read-wrap-up.ts'
import { writeWrapUp } from './write-wrap-up.ts'

/** What the page shows its reader, as a file of data. */
export async function exportWrapUpData(house: House, seat: Seat): Promise<WrapUpFile> {
  const {
    runs: _runs,
    correctable: _open,
    revision: _revision,
    unparked: _unparked,
    ...wrapUp
  } = await getWrapUp(house, seat)
  return {
    format: WRAP_UP_FORMAT,
    version: WRAP_UP_VERSION,
    writtenAt: house.now().toISOString(),
    page: linkTo(house, seat.member.group.slug, seat.session.id, '/wrap-up'),
    group: seat.member.group.name,
    questions: await listTakenUp(house, seat),
    ...wrapUp,
  }
}

/** The same as Markdown. */
export const exportWrapUp = async (house: House, seat: Seat): Promise<string> =>
  writeWrapUp(await exportWrapUpData(house, seat))
