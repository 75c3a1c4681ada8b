import { reactRouter } from '@react-router/dev/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [reactRouter()], publicDir: 'apps/web/public', build: { assetsInlineLimit: 0 }, clearScreen: false });
