import type { ChosenEngine, ModelName } from '@blastwise/model';
import { attempt } from './attempt.ts';
import type { BenchContext } from './context.ts';
import { enginesOf, floorOf } from './engines.ts';
import { type BenchRow, floorRow, ratioRow, WASM_REFERENCE } from './rows.ts';

const BATCHES = [1, 4, 8];
const fields = (batch: number): string => (batch === 1 ? 'one field' : `${batch} fields`);

/** Every backbone's hybrid by engine and batch, beside tfjs on WebAssembly and beside the arithmetic floor. */
export async function backbones({ engine: asked }: BenchContext): Promise<BenchRow[]> {
  const { BACKBONE_NAMES, modelNameOf, selectEngine } = await import('@blastwise/model');
  const rows: BenchRow[] = [];
  for (const engine of enginesOf(asked)) {
    const measured = await attempt(`every backbone's hybrid, ${engine}`, async () => {
      await selectEngine(engine);
      const perMillisecond = await floorOf(engine);
      const own: BenchRow[] = [];
      for (const model of BACKBONE_NAMES.map((name) => modelNameOf(name)))
        own.push(
          ...(await attempt(`${model} hybrid, ${engine}`, () => served(model, engine, perMillisecond))),
        );
      return own;
    });
    rows.push(...measured);
  }
  return rows;
}

async function served(model: ModelName, engine: ChosenEngine, perMillisecond: number): Promise<BenchRow[]> {
  const { timeEngineServing, timeServing } = await import('@blastwise/model');
  const name = (batch: number) =>
    `${model} hybrid, ${fields(batch)}, ${engine === 'onnx' ? 'ONNX Runtime' : engine}`;
  const { times, multiplyAdds } = await (engine === 'onnx'
    ? timeServing(model, BATCHES)
    : timeEngineServing(engine, model, BATCHES));
  const beside = times.map(({ batch, timing }) =>
    floorRow(name(batch), timing.median, (batch * multiplyAdds) / perMillisecond),
  );
  const [one] = times;
  if (engine === 'wasm' || !one) return beside;
  const ratio = await attempt(`${name(1)}, beside tfjs wasm`, async () => {
    const [wasm] = (await timeEngineServing('wasm', model, [1])).times;
    const reference = { name: WASM_REFERENCE, milliseconds: wasm?.timing.median ?? Number.NaN };
    return [ratioRow(name(1), one.timing.median, reference, null)];
  });
  return [...ratio, ...beside];
}
