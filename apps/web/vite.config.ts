/** Builds the pages that apps/api serves: the staff app (index.html) and the public verifier (kiem-chung.html). */
import { brotliCompressSync, constants } from 'node:zlib';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;
const API = process.env['SOCAI_DEV_API'] ?? 'http://localhost:3000';

export default defineConfig({
  root: here,
  base: '/',
  define: { __SOCAI_TRUST_ROOTS__: JSON.stringify(trustRoots()) },
  plugins: [react(), verifierAddress(), compressed()],
  resolve: { conditions: ['socai-source', 'module', 'browser', 'development|production'] },
  server: { proxy: { '/api': API, '/ledger': API } },
  build: {
    outDir: join(here, '../../dist/web'),
    emptyOutDir: true,
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    // The content security policy allows nothing inline: no data: scripts, styles or fonts, no preload polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { staff: join(here, 'index.html'), verifier: join(here, 'kiem-chung.html') },
    },
  },
});

/** The roots that the verifier is to trust: the file of SOCAI_TRUST_ROOTS, or none. */
function trustRoots(): string {
  const path = process.env['SOCAI_TRUST_ROOTS'] ?? '';
  const text = path === '' ? '' : readFileSync(path, 'utf8');
  if (path !== '' && !/^threshold \d+$/m.test(text))
    throw new Error(`SOCAI_TRUST_ROOTS=${path}: no "threshold" line; it holds "threshold" and "root" lines`);
  return text;
}

/** The verifier's address without ".html", in the development server as in apps/api. */
function verifierAddress(): Plugin {
  return {
    name: 'socai-verifier-address',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url?.split(/[?#]/)[0] === '/kiem-chung') request.url = '/kiem-chung.html';
        next();
      });
    },
  };
}

/** A .br beside every text file, which apps/api sends to browsers that take it: school lines are slow. */
function compressed(): Plugin {
  return {
    name: 'socai-compressed',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) return;
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const text = readFileSync(file);
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${file}.br`, brotliCompressSync(text, { params }));
      }
    },
  };
}
