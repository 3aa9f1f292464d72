import { expect, it } from 'vitest'
import { asCsv } from './csv.ts'

it.for([
  ['=HYPERLINK("https://evil.example")', '"\'=HYPERLINK(""https://evil.example"")"'],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', '"\'\tx"'],
  ['\r=1', '"\'\r=1"'],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['Ada;=1+1', '"Ada;\'=1+1"'],
  ['Ada\n@SUM(A1)', '"Ada\n\'@SUM(A1)"'],
  ['Ada; the first', '"Ada; the first"'],
  ['Ada, the first', '"Ada, the first"'],
  ['two\nlines', '"two\nlines"'],
  ['a = b', 'a = b'],
  ['Zoë', 'Zoë'],
])('%j is a cell that runs nothing', ([typed = '', cell]) => {
  expect(asCsv(['Name'], [[typed]])).toBe(`\uFEFFName\r\n${cell}\r\n`)
})

it('numbers stay numbers, and what is unknown is empty', () => {
  expect(asCsv(['a', 'b'], [[-3, null]])).toBe('\uFEFFa,b\r\n-3,\r\n')
})
