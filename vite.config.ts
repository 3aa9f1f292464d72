import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

export default defineConfig(({ command }) => ({
  // Development servers that run side by side keep their caches apart.
  cacheDir: `node_modules/.vite/${process.env.PORT ?? 3000}`,
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ out: 'web/build', precompress: true }),
      outDir: 'web/.svelte-kit',
      files: { src: 'web/src', assets: 'web/static' },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:'],
          'media-src': ['self', 'http:', 'https:'],
          // In development Vite's own socket says when to reload.
          'connect-src': command === 'serve' ? ['self', 'ws:'] : ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
}))
