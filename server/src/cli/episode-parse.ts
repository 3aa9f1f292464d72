import { readFileSync, statSync } from 'node:fs'
import { decodeText, requireSize } from '#shared/episode-text.ts'
import { Refusal } from '#shared/refusals.ts'
import { parseEpisodeText } from '../episodes/parse/parse-episode.ts'
import { Misused, oneFile, pathOf, type Command, type Print } from './command.ts'

export const episodeParse: Command = {
  name: 'episode parse',
  takes: 'FILE',
  does: 'Show what a document or transcript is understood as, as JSON. Saves nothing.',
  run: (given, print) => {
    const file = oneFile(given)
    if (file === undefined) throw new Misused('Which file? Name a document or a transcript.')
    return parse(file, print)
  },
}

function parse(named: string, print: Print): number {
  const file = pathOf(named)
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) {
    process.stderr.write(
      found
        ? `${named} is a folder. Name one file in it.\n`
        : `There is no file ${named}. Check its name and the folder you are in.\n`,
    )
    return 1
  }
  try {
    requireSize(found.size)
    const { title, chapters, segments, notes, problems } = parseEpisodeText(
      decodeText(readFileSync(file)),
      named,
    )
    print(JSON.stringify({ title, chapters, segments, notes, problems }, null, 2))
    return 0
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    process.stderr.write(`${problem.message}\n`)
    return 1
  }
}
