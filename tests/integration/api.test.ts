import { expect, it } from 'vitest'
import { api } from '#shared/api.ts'
import type { Call } from '#shared/contract.ts'
import { openHouse } from '#tests/house.ts'

it('describes every call of the contract in OpenAPI 3.1', async () => {
  const { stranger } = await openHouse()
  const description = (await stranger().request({ url: '/api/openapi.json' })).json<{
    openapi: string
    paths: Record<string, Record<string, { summary: string }>>
  }>()

  expect(description.openapi).toBe('3.1.0')
  for (const { method, path, summary } of Object.values<Call>(api)) {
    const described = description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    expect(described?.summary, `${method} ${path}`).toBe(summary)
  }
})

it('tells a stranger "not found" or "sign in", and never more, on every call that is not for everybody', async () => {
  const { stranger } = await openHouse()
  const nobody = stranger()
  const open: string[] = []
  for (const [name, { method, path }] of Object.entries<Call>(api)) {
    const url = path.replace(/:slug/, 'nowhere').replace(/:\w+/g, crypto.randomUUID())
    const answer = await nobody.request({ method, url, ...(method === 'GET' ? {} : { payload: {} }) })
    expect(answer.statusCode, `${name} ${answer.body}`).toBeLessThan(500)
    if (answer.statusCode < 400) open.push(name)
  }
  // What everybody may read or do without an account. A new name here is a decision.
  expect(open.toSorted()).toMatchInlineSnapshot(`
    [
      "findGroups",
      "launchChecklist",
      "listProgrammes",
      "listQuestions",
      "listTemplates",
      "lookAround",
      "readRules",
      "visit",
    ]
  `)
})
