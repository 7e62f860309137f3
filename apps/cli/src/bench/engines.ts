import type { ChosenEngine, EngineName } from '@blastwise/model';

/** What a part is measured on: the engine that was named, or the processor's and every graphics engine, there or not. */
export const enginesOf = (asked: EngineName): readonly ChosenEngine[] =>
  asked === 'auto' ? ['onnx', 'webgpu', 'node-gpu'] : [asked];

/** What an engine multiplies and adds in a millisecond when it does nothing but a large matrix product. */
export async function floorOf(engine: ChosenEngine): Promise<number> {
  const { engineFloor, isProcessor, onnxFloor } = await import('@blastwise/model');
  const side = isProcessor(engine) ? 1024 : 4096;
  return (await (engine === 'onnx' ? onnxFloor() : engineFloor(engine, side))).perMillisecond;
}
