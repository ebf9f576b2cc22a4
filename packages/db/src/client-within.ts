import pg from 'pg';

const tickMs = 100;

/**
 * Clients for a pool that give up a connection the server does not answer, while requests may go on waiting behind
 * others. The limit is counted in turns of the event loop: a busy process takes longer to read an answer that is there.
 */
export const clientWithin = (limitMs: number): typeof pg.Client =>
  class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
        if (ticks * tickMs >= limitMs) this.connection.stream.destroy(new Error('timeout expired'));
      }, tickMs);
      for (const event of ['connect', 'end', 'error'] as const) this.once(event, () => clearInterval(timer));
    }
  };
