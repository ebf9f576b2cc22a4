import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Pool } from 'pg';
import { openTestApi } from '../test-api.ts';
import type { Sent } from './bad-input.ts';

export interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  isClosed: boolean;
}

/** A listening server with the models, projects and keys the cases speak of. */
export interface World {
  adminKey: string;
  /** Lines of the server's log from `warn` up. */
  logged: string[];
  port: number;
  send(sent: Sent): Promise<Reply>;
  /** Rows of every model. */
  rows(): Promise<{ events: number; actuals: number }>;
  close(): Promise<void>;
}

function bytesOf(body: Sent['body']): Buffer | null {
  if (body === undefined || Buffer.isBuffer(body)) return body ?? null;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

async function collect(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
    isClosed: response.headers.connection === 'close',
  };
}

/** The first answer on a socket, and whether the server then hangs up. Waits for the end at most 2 s. */
async function overSocket(port: number, text: string): Promise<Reply> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {});
  socket.write(Buffer.from(text, 'latin1'));
  const ended = await Promise.race([
    once(socket, 'close').then(() => true),
    new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false).unref()),
  ]);
  socket.destroy();
  const [head = '', ...body] = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
    .split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(line.split(' ')[1] ?? 0), headers, text: body.join('\r\n\r\n'), isClosed: ended };
}

export async function openWorld(): Promise<World> {
  const logged: string[] = [];
  const api = await openTestApi({}, { write: (line) => void logged.push(line) });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  const pool = new Pool({ connectionString: api.config.databaseUrl, max: 1 });
  const features = [
    { name: 'distance', kind: 'numeric' },
    { name: 'origin', kind: 'categorical' },
    { name: 'weekend', kind: 'boolean' },
    { name: 'remark', kind: 'text' },
    { name: 'note', kind: 'embedding' },
  ];
  const model = await api.putModel({ features });
  const regression = await api.putModel({ task: 'regression', positive_label: undefined, features });
  const { body: project } = await api.call('POST', '/v1/projects', { name: 'other' });
  const other = `other-${randomUUID().slice(0, 8)}`;
  await api.call(
    'PUT',
    `/v1/models/${other}`,
    { task: 'regression' },
    { headers: { authorization: `Bearer ${project.key}` } },
  );
  const own = (await api.db.access.firstProject())?.id ?? '';
  const revoked = await api.call('POST', '/v1/api-keys', { name: 'revoked', scopes: ['admin'] });
  await api.call('DELETE', `/v1/api-keys/${revoked.body.id}`);
  const keys = {
    admin: api.adminKey,
    ingest: await api.createKey(own, ['ingest']),
    read: await api.createKey(own, ['read']),
    revoked: String(revoked.body.key),
  };

  const filled = (text: string) =>
    text
      .replaceAll('{model}', model)
      .replaceAll('{regression}', regression)
      .replaceAll('{other}', other)
      .replaceAll('{key}', keys.admin)
      .replaceAll('{port}', String(port));

  async function send(sent: Sent): Promise<Reply> {
    if (sent.socket !== undefined) return overSocket(port, filled(sent.socket));
    const { key = 'admin', headers = {} } = sent;
    const body = bytesOf(sent.body);
    const post = request({
      host: '127.0.0.1',
      port,
      agent: false,
      method: sent.method ?? 'POST',
      path: filled(sent.path ?? '/v1/models/{model}/events'),
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${keys[key]}` }),
        ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
        connection: 'keep-alive',
        ...headers,
      },
    });
    const answered = once(post, 'response');
    post.end(body ?? undefined);
    const [response] = (await answered) as [IncomingMessage];
    return collect(response);
  }

  return {
    adminKey: api.adminKey,
    logged,
    port,
    send,
    async rows() {
      const { rows } = await pool.query(
        'SELECT (SELECT count(*) FROM event)::int AS events, (SELECT count(*) FROM actual)::int AS actuals',
      );
      return rows[0];
    },
    async close() {
      await pool.end();
      await api.close();
    },
  };
}
