// How the page is built: hashed files under assets/, each with its .gz beside it, nothing inline, so that it can be
// served as it is under a Content-Security-Policy without unsafe-inline.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const source = fileURLToPath(new URL('./src', import.meta.url));

// The server sends these as they are to whoever accepts gzip; fonts are compressed already.
function gzipBesides(): Plugin {
  let folder = 'dist';
  return {
    name: 'gzip-besides',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg|json)$/.test(name)) continue;
        const path = join(folder, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    }
  };
}

// For work on the page only: `npm run dev` asks a running `mithaq serve` for the answers.
const server = process.env.MITHAQ_SERVER ?? 'http://127.0.0.1:8080';
const proxy = Object.fromEntries(
  ['/api', '/auth', '/feeds'].map((path) => [path, { target: server, changeOrigin: true }])
);

export default defineConfig({
  plugins: [svelte(), gzipBesides()],
  resolve: {
    alias: { $: source },
    ...(process.env.VITEST ? { conditions: ['browser'] } : {})
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    // The library of the network graph; it is loaded with its view alone.
    chunkSizeWarningLimit: 1200
  },
  // The worker that verifies the whole log loads a part of itself when it is needed.
  worker: { format: 'es' },
  server: { proxy, strictPort: true },
  preview: { proxy },
  // One world for all tests that share an environment: they keep no state of each other, and start in a third of the time.
  test: { include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], pool: 'threads', isolate: false }
});
