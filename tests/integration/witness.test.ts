import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { groups, organizations, organizationSkills, sessions, witnesses } from '#db/schema.ts'
import type { SessionCommitmentDraft } from '#shared/commitments.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods } from '#tests/pods.ts'

const notFound = { code: 'not-found' }

/** A live session of the Tuesday circle in which Ben says what he will do, with Cleo as his witness. */
async function openPromise(more: Partial<SessionCommitmentDraft> = {}) {
  const story = await openPods()
  const { ben, cleo, dan } = story
  const session = await story.open([{ kind: 'write', minutes: 10, options: {} }], [ben, cleo, dan])
  const id = randomUUID()
  const draft = { cue: 'the budget comes up', action: 'ask what it is for', due: '2026-12-01' }
  const said = { ...draft, skill: 'negotiation', witnessId: cleo.id, ...more }
  await ben.api.makeCommitment({ params: session.params, body: { id, ...said } })
  const params = { ...session.params, commitmentId: id }
  return {
    ...story,
    session,
    id,
    said,
    /** Cleo says yes, or not. */
    answer: (answer: 'accept' | 'decline', who: TestPerson = cleo, remind?: boolean) =>
      who.api.answerWitness({
        params: { id },
        body: { answer, ...(remind === undefined ? {} : { remind }) },
      }),
    change: (body: Partial<SessionCommitmentDraft>) =>
      ben.api.changeCommitment({ params, body: { ...draft, ...body } }),
    close: (status: 'done' | 'partly' | 'not-yet' | 'let-go', reflection = '') =>
      ben.api.closeCommitment({ params: { id }, body: { status, reflection } }),
    seen: async (who: TestPerson) => (await session.view(who)).commitments.find((one) => one.id === id),
    asked: (who: TestPerson) => who.api.listMyWitnesses({ params: session.params }),
    witnessing: (who: TestPerson) => who.api.listWitnessing(),
    end: () => story.ada.api.closeSession({ params: session.params }),
  }
}

it('L1, L45: a yes that comes after the close stands on every page that is still open, and stepping back takes it away', async () => {
  const { ben, dan, session, answer, end, seen } = await openPromise()
  const watching = await Promise.all([dan, ben].map((who) => session.watch(who)))
  await end()
  for (const [said, witness] of [
    ['accept', { name: 'Cleo' }],
    ['decline', null],
  ] as const) {
    await answer(said)
    expect((await seen(dan))?.witness).toEqual(witness && expect.objectContaining(witness))
    for (const one of watching) await one.agrees()
  }
})

it('L45: somebody asked to be a witness finds it on their seat, says yes, and the room hears the yes', async () => {
  const { ben, cleo, dan, ada, session, id, asked, answer, seen } = await openPromise()
  const watching = await Promise.all([ada, ben, cleo, dan].map((who) => session.watch(who)))
  expect(await seen(dan)).toMatchObject({
    skill: { skill: 'negotiation', name: 'Negotiation' },
    witness: null,
  })
  expect(await asked(ben)).toEqual({
    asked: [{ commitmentId: id, id: cleo.id, name: 'Cleo' }],
    ofMine: [],
  })
  expect(await asked(cleo)).toEqual({
    asked: [],
    ofMine: [{ commitmentId: id, state: 'asked', remind: false }],
  })
  expect(await asked(dan)).toEqual({ asked: [], ofMine: [] })

  await answer('accept')
  await answer('accept')

  for (const one of watching) await one.agrees()
  expect(await seen(dan)).toMatchObject({ witness: { accountId: cleo.id, name: 'Cleo' } })
  expect((await asked(ben)).asked).toEqual([])
})

it('L45: of a no nobody is told; whoever asked sees that nobody is asked any more, and the same one is not asked again', async () => {
  const { ben, cleo, dan, ada, session, asked, answer, seen, change, mail } = await openPromise()
  const watching = await Promise.all([ada, dan, ben].map((who) => session.watch(who)))

  await answer('decline')
  await answer('decline')

  for (const one of watching) {
    await one.agrees()
    expect(one.frames()).not.toContain('witness')
  }
  expect(await seen(dan)).toMatchObject({ witness: null })
  expect(await asked(ben)).toEqual({ asked: [], ofMine: [] })
  expect(await asked(cleo)).toEqual({ asked: [], ofMine: [] })
  expect(await mail()).toEqual([])
  await expect(answer('accept')).rejects.toMatchObject(notFound)
  await expect(change({ witnessId: cleo.id })).rejects.toMatchObject({
    code: 'conflict',
    field: 'witnessId',
    message: 'They can’t be the witness of this one. Choose somebody else.',
  })
  await change({ witnessId: dan.id })
  expect((await asked(dan)).ofMine).toMatchObject([{ state: 'asked' }])
})

it('L45: witness and skill are changed until the session is closed, and then stay', async () => {
  const { ben, cleo, dan, session, said, answer, change, seen, end, witnessing } = await openPromise()
  const watching = await Promise.all([cleo, dan].map((who) => session.watch(who)))
  await answer('accept')
  await change({ witnessId: dan.id, skill: 'leadership' })
  for (const one of watching) await one.agrees()
  expect(await seen(cleo)).toMatchObject({ witness: null, skill: { name: 'Leadership' } })
  expect(await witnessing(cleo)).toEqual([])
  await answer('accept', dan)
  // What is left out stays.
  await change({ action: 'ask twice' })
  expect(await seen(cleo)).toMatchObject({
    action: 'ask twice',
    witness: { accountId: dan.id },
    skill: { skill: 'leadership' },
  })
  await change({ skill: null, witnessId: null })
  expect(await seen(dan)).toMatchObject({ witness: null, skill: null })
  for (const one of watching) await one.agrees()
  await change({ skill: said.skill, witnessId: dan.id })

  await end()
  await expect(change({ witnessId: cleo.id })).rejects.toThrow('This session is over.')
  // An answer may still come.
  await answer('accept', dan)
  const wrapUp = await cleo.api.getWrapUp({ params: session.params })
  expect(wrapUp.commitments).toMatchObject([
    { name: 'Ben', skill: { name: 'Negotiation' }, witness: { id: dan.id, name: 'Dan' } },
  ])
  expect(await ben.api.listMyCommitments()).toMatchObject([{ witness: { name: 'Dan' } }])
})

it('L45: only somebody of the group or who is there is asked, never oneself, and only skills of the list are taken', async () => {
  const { ben, zoe, dan, cleo, session, change, asked } = await openPromise()
  const refused = { code: 'invalid', field: 'witnessId' }
  await expect(change({ witnessId: ben.id })).rejects.toMatchObject(refused)
  await expect(change({ witnessId: zoe.id })).rejects.toMatchObject(refused)
  await expect(change({ skill: 'juggling' })).rejects.toMatchObject({ code: 'invalid', field: 'skill' })
  // Nothing of it is half done.
  expect((await asked(ben)).asked).toMatchObject([{ id: cleo.id }])
  const whole = { id: randomUUID(), cue: 'x', action: 'y', due: null, witnessId: zoe.id }
  await expect(ben.api.makeCommitment({ params: session.params, body: whole })).rejects.toMatchObject(refused)
  expect((await session.view()).commitments).toHaveLength(1)

  const choices = await dan.api.listCommitmentChoices({ params: session.params })
  expect(choices.people.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Cleo', 'Eve'])
  expect(choices.skills).toHaveLength(10)
  for (const call of ['listCommitmentChoices', 'listMyWitnesses'] as const)
    await expect(zoe.api[call]({ params: session.params })).rejects.toMatchObject(notFound)
})

it('L45: a company’s own skills are offered under the names it gave them', async () => {
  const { ben, house, groupId, session, change, seen } = await openPromise({ skill: null })
  const [company] = await house.db
    .insert(organizations)
    .values({ name: 'Elbe', slug: `elbe-${randomUUID().slice(0, 6)}` })
    .returning()
  const organizationId = company?.id ?? ''
  await house.db.update(groups).set({ organizationId }).where(eq(groups.id, groupId))
  await house.db.insert(organizationSkills).values([
    { organizationId, skill: 'welding', name: 'Welding', position: 0 },
    { organizationId, skill: 'negotiation', name: 'Haggling', position: 1 },
    { organizationId, skill: 'ethics', name: 'Ethics', position: 2, hidden: true },
  ])
  const { skills } = await ben.api.listCommitmentChoices({ params: session.params })
  expect(skills.slice(0, 2).map(({ name }) => name)).toEqual(['Welding', 'Haggling'])
  expect(skills.map(({ skill }) => skill)).not.toContain('ethics')
  await change({ skill: 'welding' })
  expect(await seen(ben)).toMatchObject({ skill: { name: 'Welding' } })
  await change({ skill: 'negotiation' })
  expect(await seen(ben)).toMatchObject({ skill: { name: 'Haggling' } })
  await expect(change({ skill: 'ethics' })).rejects.toMatchObject({ field: 'skill' })
})

it('L45: the witness hears what became of it, once for a correction, and nothing else', async () => {
  const { cleo, dan, answer, end, close, mail, pass, witnessing } = await openPromise()
  await answer('accept')
  await end()
  const toCleo = async () =>
    (await mail()).filter(({ to, subject }) => to === cleo.email && !subject.startsWith('Wrap-up'))
  expect(await witnessing(cleo)).toMatchObject([
    { state: 'accepted', commitment: { name: 'Ben', status: 'open' }, group: { name: 'Tuesday circle' } },
  ])
  expect(await witnessing(dan)).toEqual([])
  pass({ days: 3 })
  await close('partly', 'Twice.')
  await close('done', 'Twice, and it helped.')
  expect((await toCleo()).map(({ subject }) => subject)).toEqual(['Ben says what became of it'])
  expect((await toCleo())[0]?.text).toContain('It is partly done.\nTwice.')
  pass({ days: 2 })
  await close('let-go', 'The budget is settled.')
  expect(await toCleo()).toHaveLength(2)
  expect(await witnessing(cleo)).toMatchObject([
    { commitment: { status: 'let-go', earlier: [{ status: 'done', reflection: 'Twice, and it helped.' }] } },
  ])
})

it('L45: a witness who wants it is reminded on the day in the morning, once, while it is open', async () => {
  const { cleo, answer, mail, pass, runJob, end } = await openPromise()
  await answer('accept', cleo, true)
  await end()
  const reminders = async () =>
    (await mail()).filter(({ subject }) => subject === 'Ask Ben how it went').map(({ to }) => to)
  pass({ days: 8 })
  await runJob('remind-witnesses')
  expect(await reminders()).toEqual([])
  pass({ days: 1 })
  await runJob('remind-witnesses')
  await runJob('remind-witnesses')
  expect(await reminders()).toEqual([cleo.email])
})

it('L45: a witness who does not want it, or whose friend has answered, is not reminded', async () => {
  const { answer, close, mail, pass, runJob, end, cleo } = await openPromise()
  await answer('accept', cleo, true)
  await end()
  await close('done')
  pass({ days: 9 })
  await runJob('remind-witnesses')
  expect((await mail()).filter(({ subject }) => subject.startsWith('Ask '))).toEqual([])
})

it('L45: a witness who left, was removed, steps back or deletes their account is gone without a word', async () => {
  const { ada, ben, cleo, dan, answer, end, slug, session, witnessing, close, mail, change, house } =
    await openPromise()
  await answer('accept')
  await end()
  const named = async () =>
    (await ben.api.getWrapUp({ params: session.params })).commitments.map(({ witness }) => witness?.name)
  expect(await named()).toEqual(['Cleo'])
  await cleo.api.leaveGroup({ params: { slug }, body: {} })
  expect(await named()).toEqual([undefined])
  expect(await witnessing(cleo)).toEqual([])
  await expect(answer('decline')).rejects.toMatchObject(notFound)
  const before = (await mail()).length
  await close('done')
  expect(await mail()).toHaveLength(before)

  // The others: while it is live, so that another can be asked.
  await house.db.update(sessions).set({ status: 'live', wrappedUpAt: null })
  await change({ witnessId: dan.id })
  await answer('accept', dan)
  await house.db.update(sessions).set({ status: 'wrapped-up', wrappedUpAt: house.now() })
  expect(await named()).toEqual(['Dan'])
  await answer('decline', dan)
  expect(await named()).toEqual([undefined])
  await house.db.update(witnesses).set({ state: 'accepted' }).where(eq(witnesses.accountId, dan.id))
  await dan.api.deleteAccount({ body: { email: dan.email } })
  expect(await named()).toEqual([undefined])
  expect(await ada.api.listGroupCommitments({ params: { slug } })).toMatchObject([{ witness: null }])
})

it('L45: when a witness deletes their account while the room is open, old view and news agree', async () => {
  const { ben, dan, ada, session, answer, change, seen } = await openPromise()
  await change({ witnessId: dan.id })
  await answer('accept', dan)
  const watching = await Promise.all([ada, ben].map((who) => session.watch(who)))
  await dan.api.deleteAccount({ body: { email: dan.email } })
  for (const one of watching) await one.agrees()
  expect(await seen(ben)).toMatchObject({ witness: null })
})

it('L45: nobody is asked by somebody they blocked, and strangers and others answer nothing', async () => {
  const { ben, cleo, dan, zoe, ada, asked, answer, witnessing, stranger, id } = await openPromise()
  for (const other of [ada, dan, ben, zoe])
    await expect(answer('accept', other)).rejects.toMatchObject(notFound)
  await expect(stranger().api.listWitnessing()).rejects.toMatchObject({ code: 'not-signed-in' })
  await expect(
    cleo.api.answerWitness({ params: { id }, body: { answer: 'perhaps' as 'accept' } }),
  ).rejects.toMatchObject({ code: 'invalid' })
  await cleo.api.blockPerson({ params: { accountId: ben.id } })
  expect((await asked(cleo)).ofMine).toEqual([])
  expect(await witnessing(cleo)).toEqual([])
  await expect(answer('accept')).rejects.toMatchObject(notFound)
})

it('P11: my data says that I am a witness, not of what, and that I took it back is nowhere else', async () => {
  const { ben, cleo, answer } = await openPromise()
  await answer('accept', cleo, true)
  const { witnessOf } = await cleo.api.exportMyData()
  expect(witnessOf).toMatchObject([{ group: 'Tuesday circle', state: 'accepted', remind: true }])
  expect(JSON.stringify(await cleo.api.exportMyData())).not.toContain('the budget comes up')
  expect((await ben.api.exportMyData()).commitments).toMatchObject([{ skill: 'negotiation', earlier: [] }])
})
