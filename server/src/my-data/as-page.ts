import type { MyData } from '#shared/my-data.ts'
import { sayInstant, sectionsOf, zoneOf, type Entry, type Section } from './page-sections.ts'

/** One page that needs nothing else: no scripts, no links to fonts or pictures, every word escaped. */
export function asPage(data: MyData): string {
  const { account, madeAt, origin } = data
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What Shortside keeps of ${escape(account.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>What Shortside keeps of you</h1>
<p>From ${escape(origin)}, made ${when(madeAt)}. Times are those of ${escape(zoneOf(data))}. Of other people there is nothing in here but the names of groups, sessions and episodes, those of people you blocked, the words of episodes that you wrote about, and the feedback that was given to you.</p>
${sectionsOf(data).map(asSection).join('\n')}
</main>
</body>
</html>
`

  function when(instant: string): string {
    return escape(sayInstant(instant, zoneOf(data)))
  }
}

const asSection = ({ title, none, entries }: Section): string =>
  `<section><h2>${escape(title)}</h2>${
    entries.length === 0 ? `<p class="soft">${escape(none)}</p>` : entries.map(asEntry).join('\n')
  }</section>`

const asEntry = ({ title, words, facts }: Entry): string =>
  `<article><h3>${escape(title)}</h3>${words ? `<p class="words">${escape(words)}</p>` : ''}<dl>${facts
    .flatMap(([name, value]) =>
      value === null ? [] : [`<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`],
    )
    .join('')}</dl></article>`

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

const STYLE = `
:root { color-scheme: light dark; --paper: light-dark(#faf7f1, #131917); --card: light-dark(#fffdf9, #1a221f); --ink: light-dark(#1d2522, #f2ede3); --soft: light-dark(#57615c, #a6b0aa); --line: light-dark(#e3dccf, #2c3632) }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
h1, h2, h3 { font-family: Georgia, serif; line-height: 1.25; overflow-wrap: anywhere }
h1 { border-left: 7px solid #d4532a; padding-left: .75rem }
h2 { margin: 2.5rem 0 .75rem }
h3 { margin: 0 0 .5rem; font-size: 1.05rem }
article { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1rem 1.25rem; margin: 0 0 .75rem; break-inside: avoid }
.words { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 18px }
.soft, dt { color: var(--soft) }
dl { margin: 0; font-size: .9rem }
dl div { display: flex; flex-wrap: wrap; gap: 0 .75rem }
dt { min-width: 9rem }
dd { margin: 0; overflow-wrap: anywhere }
`
