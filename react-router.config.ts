import type { Config } from '@react-router/dev/config';

/** Every page is made on the server at each request; nothing is rendered ahead, because a new release of the pack is a new city. */
export default { appDirectory: 'apps/web', buildDirectory: 'build', ssr: true } satisfies Config;
