import pg from 'pg';

/** Looks after the database over a connection of its own, so that a busy pool tells nothing about the database. */
export interface DatabaseProbe {
  /** Resolves when the database answers. Knows no time limit: `reset` ends a ping that lasts too long. */
  ping(): Promise<void>;
  /** Throws the connection away: what waits on it rejects, the next call makes a new one. */
  reset(): void;
}

/** Connects on first use. */
export function createDatabaseProbe(connectionString: string): DatabaseProbe {
  let connected: { client: pg.Client; ready: Promise<unknown> } | null = null;

  const reset = () => {
    connected?.client.connection.stream.destroy();
    connected = null;
  };

  function connect() {
    const client = new pg.Client({ connectionString, application_name: 'plumbline-probe', keepAlive: true });
    const forget = () => {
      if (connected?.client === client) connected = null;
    };
    client.on('error', forget);
    client.on('end', forget);
    connected = { client, ready: client.connect() };
    return connected;
  }

  return {
    async ping() {
      const { client, ready } = connected ?? connect();
      try {
        await ready;
        await client.query('SELECT 1');
      } catch (error) {
        if (connected?.client === client) reset();
        throw error;
      }
    },
    reset,
  };
}
