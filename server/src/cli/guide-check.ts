import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { checkGuideFile } from '../guide/check-guide.ts'
import { readGuide, type GuideProblem } from '../guide/read-guide.ts'
import { oneFile, pathOf, type Command, type Print } from './command.ts'

export const guideCheck: Command = {
  name: 'guide check',
  takes: '[FILE]',
  does: 'Check the organizer guide, or one template or programme. Every problem has its line.',
  run: (given, print) => {
    const file = oneFile(given)
    return file === undefined ? checkAll(print) : checkOne(file, print)
  },
}

function checkAll(print: Print): number {
  const { templates, programmes, problems, advice } = readGuide()
  for (const problem of [...problems, ...advice]) say(problem, relative(process.cwd(), problem.file), print)
  if (problems.length > 0) return 1
  print(
    `${count(templates.size, 'template')}, ${count(programmes.size, 'programme')}: ${advice.length > 0 ? `nothing wrong, ${count(advice.length, 'thought')}` : 'all good'}.`,
  )
  return 0
}

function checkOne(named: string, print: Print): number {
  const file = pathOf(named)
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) {
    print(
      found
        ? `${named} is a folder. Name one file in it, or no file to check the whole guide.`
        : `There is no file ${named}. Check its name and the folder you are in.`,
    )
    return 1
  }
  const { kind, problems, advice } = checkGuideFile(file)
  for (const problem of [...problems, ...advice]) say(problem, named, print)
  if (problems.length > 0) return 1
  print(`${named} is a ${kind}: ${advice.length > 0 ? 'nothing wrong' : 'all good'}.`)
  return 0
}

const say = ({ line, message }: GuideProblem, file: string, print: Print) =>
  print(`${file}:${line}: ${message}`)

const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
