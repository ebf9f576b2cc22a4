import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: '../../prisma/schema.prisma',
  migrations: { path: '../../prisma/migrations' },
  // biome-ignore lint/style/noProcessEnv: the env() of prisma/config throws when it is unset, and `generate` needs none
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
