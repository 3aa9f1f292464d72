import type { Client } from '#lib/api.ts'

/** What the home of a group shows beside its next session. */
export async function readNews(api: Client, slug: string) {
  const params = { slug }
  const [{ announcements }, agreement, splits, { takeOver }] = await Promise.all([
    api.listAnnouncements({ params }),
    api.readAgreement({ params }),
    api.listSplits({ params }),
    api.readTakeOver({ params }),
  ])
  return { announcement: announcements[0], agreement, splits, takeOver }
}
