type Close = () => Promise<unknown>;

const open = new Set<Close>();

function closeAll(): void {
  for (const close of open) void close();
}

/**
 * Has `close` called when the process runs out of work; what it starts keeps the process alive until it is done.
 * One listener serves all clients. Returns what takes it back.
 */
export function closeOnExit(close: Close): () => void {
  if (open.size === 0) process.on('beforeExit', closeAll);
  open.add(close);
  return () => {
    open.delete(close);
    if (open.size === 0) process.off('beforeExit', closeAll);
  };
}
