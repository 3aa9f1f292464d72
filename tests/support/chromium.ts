import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

/**
 * Chromium from npm. It brings the libraries that a bare machine lacks, when it believes to be on such a one. It unpacks
 * into the folder for temporary files, where another user of the machine may have been first: each gets one of their own.
 */
export async function chromiumPath(): Promise<string> {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x'
  const before = process.env.TMPDIR
  process.env.TMPDIR = ownFolder()
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    return await packaged.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function ownFolder(): string {
  const { uid, username } = userInfo()
  const folder = join(tmpdir(), `shortside-chromium-${uid < 0 ? username : uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  // Somebody else's program is never run.
  if (!found.isDirectory() || (uid >= 0 && found.uid !== uid))
    throw new Error(`${folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.`)
  return folder
}

export async function openBrowser(): Promise<Browser> {
  // The package's own arguments switch the web's security off.
  return chromium.launch({
    executablePath: await chromiumPath(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  })
}
