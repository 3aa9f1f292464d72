import { chromium, type Browser } from 'playwright-core'

/** Chromium from npm. It brings the libraries that a bare machine lacks, when it believes to be on such a one. */
export async function chromiumPath(): Promise<string> {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}

export async function openBrowser(): Promise<Browser> {
  // The package's own arguments switch the web's security off.
  return chromium.launch({
    executablePath: await chromiumPath(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  })
}
