import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { Programme, SessionTemplate } from '#shared/guide.ts'
import { SKILLS } from '#shared/words.ts'
import {
  checkBehaviours,
  checkChecklist,
  checkProgramme,
  checkQuestionSets,
  checkTemplate,
} from './check-file.ts'
import { GUIDE_FOLDER, templateIds, type GuideProblem } from './read-guide.ts'

/** What checking a file came to: which kind of file it was taken for, and what stands wrong in it. */
export type FileReport = {
  kind: 'session template' | 'programme' | 'launch checklist' | 'question sets' | 'behaviours'
  problems: GuideProblem[]
  advice: GuideProblem[]
}

/** Checks one file; what it holds decides whether it is a template, a programme or the checklist. */
export function checkGuideFile(file: string): FileReport {
  const text = readFileSync(file, 'utf8')
  const kind = kindOf(text, basename(dirname(file)))
  // In the guide's own folders the name of a file is the id that everything else knows it by.
  const ours = [join(GUIDE_FOLDER, 'templates'), join(GUIDE_FOLDER, 'programmes')].includes(dirname(file))
  const name = ours ? basename(file) : undefined
  const { problems, advice } = {
    'session template': () => checkTemplate(text, name),
    programme: () => checkProgramme(text, templateIds(), name),
    'launch checklist': () => checkChecklist(text),
    'question sets': () => checkQuestionSets(text),
    behaviours: () => checkBehaviours(text),
  }[kind]()
  return {
    kind,
    problems: problems.map((problem) => ({ ...problem, file })),
    advice: advice.map((one) => ({ ...one, file })),
  }
}

function kindOf(text: string, folder: string): FileReport['kind'] {
  const data = readOrNothing(text)
  if (Array.isArray(data))
    return data.some((item: unknown) => typeof item === 'object' && item !== null && 'questions' in item)
      ? 'question sets'
      : 'launch checklist'
  const fields = Object.keys(typeof data === 'object' && data !== null ? data : {})
  if (fields.some((field) => field in SKILLS)) return 'behaviours'
  const alike = (schema: typeof SessionTemplate | typeof Programme) =>
    fields.filter((field) => field in schema.properties).length
  const more = alike(Programme) - alike(SessionTemplate)
  return more > 0 || (more === 0 && folder === 'programmes') ? 'programme' : 'session template'
}

function readOrNothing(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: false })
  } catch {
    return undefined
  }
}
