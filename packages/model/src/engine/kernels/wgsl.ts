import * as tf from '../tf.ts';

/** A compute shader in the form that tfjs's WebGPU backend compiles: it writes `result[index]`, `index < uniforms.size`. */
export interface ShaderProgram {
  /** Distinguishes the shader's text from all others; shapes are told by uniforms. */
  readonly shaderKey: string;
  /** Names of the inputs; the shader reads `getX(i, j, ...)` of an input `x`. */
  readonly variableNames: readonly string[];
  readonly outputShape: readonly number[];
  /** Whole numbers, told to the shader as `uniforms.<name>`. */
  readonly uniforms?: Readonly<Record<string, number>>;
  /** Floats, likewise. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** Statements that run once for each `index` of the result, with its coordinates in `coords`. */
  readonly body: string;
}

/** What of tfjs's WebGPU backend runs a program. */
interface ProgramRunner {
  runWebGPUProgram(
    program: object,
    inputs: readonly tf.Tensor[],
    dtype: 'float32',
    uniforms: readonly { readonly type: 'int32' | 'float32'; readonly data: readonly number[] }[],
  ): tf.TensorInfo;
}

const WORKGROUP = 64;
/** Most workgroups along one axis that every device grants. */
const MOST_GROUPS = 65_535;

/** Runs a shader on the current backend, which must be WebGPU. */
export function runShader(shader: ShaderProgram, inputs: readonly tf.Tensor[]): tf.Tensor {
  const size = shader.outputShape.reduce((n, d) => n * d, 1);
  const groups = Math.ceil(size / WORKGROUP);
  const rows = Math.ceil(groups / MOST_GROUPS);
  const [whole, floats] = [Object.entries(shader.uniforms ?? {}), Object.entries(shader.scalars ?? {})];
  const program = {
    shaderKey: shader.shaderKey,
    variableNames: shader.variableNames,
    outputShape: shader.outputShape,
    uniforms: [...whole.map(([name]) => `${name} : i32,`), ...floats.map(([name]) => `${name} : f32,`)].join(
      ' ',
    ),
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: shader.outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(groups / rows), rows, 1],
    size: true,
    getUserCode: () => `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let coords = getCoordsFromIndex(index);
        ${shader.body}
      }`,
  };
  const uniforms = [
    ...whole.map(([, value]) => ({ type: 'int32' as const, data: [value] })),
    ...floats.map(([, value]) => ({ type: 'float32' as const, data: [value] })),
  ];
  const backend = tf.backend() as unknown as ProgramRunner;
  return tf.engine().makeTensorFromTensorInfo(backend.runWebGPUProgram(program, inputs, 'float32', uniforms));
}
