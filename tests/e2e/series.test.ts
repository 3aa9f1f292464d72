import { expect, it, onTestFinished } from 'vitest'
import type { GroupDraft } from '#shared/groups.ts'
import { openInstance } from '#tests/instance.ts'

/** What stands on a page as it comes from the server, before any script runs. */
const textOf = (html: string) =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')

it.each([
  {
    zone: 'Europe/Berlin',
    startsLocal: '2027-03-23T18:00',
    there: [
      'Tue 23 Mar 2027, 18:00 to 19:00',
      'Tue 30 Mar 2027, 18:00 to 19:00',
      'Tue 6 Apr 2027, 18:00 to 19:00',
    ],
    elsewhere: ['Tue 23 Mar 2027, 17:00 to 18:00', 'Tue 30 Mar 2027, 16:00 to 17:00'],
    named: 'Berlin time',
  },
  {
    zone: 'America/Santiago',
    startsLocal: '2027-08-29T00:30',
    there: [
      'Sun 29 Aug 2027, 00:30 to 01:30',
      'Sun 5 Sept 2027, 01:30 to 02:30',
      'Sun 12 Sept 2027, 00:30 to 01:30',
    ],
    elsewhere: [
      'Sun 29 Aug 2027, 04:30 to 05:30',
      'Sun 5 Sept 2027, 04:30 to 05:30',
      'Sun 12 Sept 2027, 03:30 to 04:30',
    ],
    named: 'Santiago time',
  },
])(
  'the page of a series in $zone, as the server writes it, says the clock of the group and that of the reader',
  async ({ zone, startsLocal, there, elsewhere, named }) => {
    const { origin, stop } = await openInstance()
    onTestFinished(stop)
    let cookie = ''
    const send = async (method: string, path: string, body: object) => {
      const answer = await fetch(origin + path, {
        method,
        headers: { origin, cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(answer.status, await answer.clone().text()).toBe(200)
      cookie ||= answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      return answer
    }
    await send('POST', '/api/sign-up', {
      email: 'ada@example.org',
      name: 'Ada',
      password: 'long enough to keep',
      zone,
    })
    const draft: GroupDraft = {
      id: crypto.randomUUID(),
      kind: 'meetup',
      name: 'Clocks',
      purpose: '',
      visibility: 'private',
      admission: 'invite-only',
      domains: [],
      programmeId: null,
      rhythm: 'weekly',
      zone,
      firstSessionAt: null,
      places: 8,
      city: null,
      venue: null,
      room: null,
      onlineLink: null,
    }
    const group = (await (await send('POST', '/api/groups', draft)).json()) as { slug: string }
    const id = crypto.randomUUID()
    await send('POST', `/api/groups/${group.slug}/series`, {
      id,
      title: 'Weekly',
      startsLocal,
      rule: 'FREQ=WEEKLY;COUNT=3',
      exceptions: [],
      minutes: 60,
    })
    const read = async () =>
      textOf(
        await (await fetch(`${origin}/groups/${group.slug}/series/${id}`, { headers: { cookie } })).text(),
      )

    const here = await read()
    for (const date of there) expect(here).toContain(date)
    expect(here).toContain(named)
    await send('PATCH', '/api/me', { zone: 'UTC' })
    const abroad = await read()
    for (const date of [...elsewhere, ...there]) expect(abroad).toContain(date)
    expect(abroad).toContain(`${named}, where the group is`)
  },
)
