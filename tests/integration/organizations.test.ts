import { expect, it } from 'vitest'
import { organizationDomains } from '#db/schema.ts'
import { openHouse } from '#tests/house.ts'

it('lets a confirmed address of a proven domain in, and nobody else', async () => {
  const { person, house } = await openHouse()
  const ada = await person('Ada', { email: 'ada@harbour.example' })
  const ben = await person('Ben', { email: 'ben@harbour.example' })
  const eve = await person('Eve', { email: 'eve@other.example' })
  const draft = { id: crypto.randomUUID(), name: 'Harbour Ltd' }
  const made = await ada.api.createOrganization({ body: draft })
  expect(await ada.api.createOrganization({ body: draft })).toEqual(made)
  await expect(ben.api.getOrganization({ params: made })).rejects.toThrow('nothing here')
  await house.db
    .insert(organizationDomains)
    .values({
      organizationId: made.id,
      domain: 'harbour.example',
      method: 'dns',
      askedAt: house.now(),
      verifiedAt: house.now(),
    })
  expect(await ben.api.getOrganization({ params: made })).toMatchObject({
    name: 'Harbour Ltd',
    role: 'colleague',
  })
  await expect(eve.api.getOrganization({ params: made })).rejects.toThrow('nothing here')
})
