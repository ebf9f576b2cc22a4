import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image?: string;
  ports?: string[];
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
}

const root = path.resolve(import.meta.dirname, '..');
const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const entries = Object.entries(services);

describe('docker-compose.yml', () => {
  it('runs Postgres, Redis, migrations, API and worker', () => {
    expect(Object.keys(services).sort()).toEqual(['api', 'migrate', 'postgres', 'redis', 'worker']);
  });

  it.each(entries)('%s has a pinned image', (_, service) => {
    expect(service.image).toMatch(/:\d+\.\d+/);
  });

  it.each(entries)('%s opens ports on loopback only', (_, service) => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it.each(entries.filter(([name]) => name !== 'migrate'))('%s has a health check', (_, service) => {
    expect(service.healthcheck).toBeDefined();
  });

  it.each(['api', 'worker'])('%s waits for the migrations', (name) => {
    expect(services[name]?.depends_on?.migrate?.condition).toBe('service_completed_successfully');
  });

  it('keeps jobs through a crash and never evicts them', () => {
    expect(services.redis?.command).toEqual(
      expect.arrayContaining(['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']),
    );
  });

  it('has no secret of its own: each comes from the environment or the start fails', () => {
    for (const name of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'PLUMBLINE_SECRET'])
      expect(text).toContain(`\${${name}:?`);
    expect(readFileSync(path.join(root, '.env.example'), 'utf8')).not.toMatch(
      /^[A-Z_]*(PASSWORD|SECRET|KEY)=.+/m,
    );
  });
});

describe('Dockerfile', () => {
  it('runs on a pinned Node 24 as a user that is not root', () => {
    const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
    expect(dockerfile.match(/^FROM .*$/gm)).toEqual([
      'FROM node:24-bookworm-slim AS build',
      'FROM node:24-bookworm-slim',
    ]);
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});
