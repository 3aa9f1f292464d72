import type { ParsedEpisode } from '#shared/episodes.ts'
import { parseSrt, parseVtt } from './cues.ts'
import { parseDocument, parsePlain } from './document.ts'
import { parseTranscriptHtml } from './transcript-html.ts'
import { parseTranscriptJson } from './transcript-json.ts'

export type Format = 'vtt' | 'srt' | 'json' | 'html' | 'plain' | 'document'

/** A cue's line of times, readable or not. */
const TIMING =
  /^[^\S\n]{0,20}[\d?x:.,]{0,20}\d[\d?x:.,]{0,20}[^\S\n]{0,20}-{1,2}>[^\S\n]{0,20}[\d?x][\d?x:.,]{0,20}(?:[^\S\n]|$)/imu
const HTML =
  /^\s*(?:<!doctype html|<!--|<\?xml[^>]*>\s*<html|<(?:html|head|body|cite|time|p|div|article|section|main|h[1-6]|ul|ol|span|table)\b)/iu

/** What a file is, by its content: names and types of real files are often wrong. */
export function sniff(text: string, fileName = ''): Format {
  const content = text.replace(/^\uFEFF/u, '')
  if (/^\s*WEBVTT\b/u.test(content)) return 'vtt'
  if (/^\s*[[{]/u.test(content) && isJson(content, fileName)) return 'json'
  if (HTML.test(content)) return 'html'
  if (TIMING.test(content)) return 'srt'
  return /\.(?:txt|text)$/iu.test(fileName) ? 'plain' : 'document'
}

/** “[Music]” begins like JSON and is none. */
function isJson(content: string, fileName: string): boolean {
  if (/^\s*(?:\{\s*["}]|\[\s*[\]{"])/u.test(content)) return true
  return /\.json$/iu.test(fileName)
}

const PARSERS: Record<Format, (text: string) => ParsedEpisode> = {
  vtt: parseVtt,
  srt: parseSrt,
  json: parseTranscriptJson,
  html: parseTranscriptHtml,
  plain: parsePlain,
  document: parseDocument,
}

/**
 * Reads a pasted document or a transcript file of any kind. Never throws, and loses no word: what is not understood
 * is reported with its line, and kept in the notes.
 */
export function parseEpisodeText(text: string, fileName = ''): ParsedEpisode {
  const parsed = PARSERS[sniff(text, fileName)](text)
  return { ...parsed, title: parsed.title || titleOf(fileName) }
}

/** The words of a file's name. */
const titleOf = (fileName: string): string =>
  (fileName.split(/[/\\]/u).at(-1) ?? '')
    .replace(/\.[a-z\d]{1,5}$/iu, '')
    .replace(/[-_]+/gu, ' ')
    .trim()
