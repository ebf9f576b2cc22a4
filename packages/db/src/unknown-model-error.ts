/** The model was deleted between being found and being written to. */
export class UnknownModelError extends Error {
  override name = 'UnknownModelError';
  readonly modelId: string;

  constructor(modelId: string) {
    super(`no model ${modelId}`);
    this.modelId = modelId;
  }
}
