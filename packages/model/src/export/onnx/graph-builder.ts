import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxPort, OnnxTensor } from './proto.ts';

/** Collects the nodes of a graph in order and keeps every value's name unique. */
export class GraphBuilder {
  private readonly nodes: OnnxNode[] = [];
  private readonly tensors = new Map<string, OnnxTensor>();
  private readonly inputs: OnnxPort[] = [];
  private readonly outputs: OnnxPort[] = [];
  private readonly taken = new Set<string>();

  /** Adds an operator with one output and returns the output's name, which starts with `name`. */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    const output = this.unique(name);
    this.nodes.push({ name: output, operator, inputs, outputs: [output], attributes });
    return output;
  }

  /** A float32 constant; a second one of the same name is taken to be the first. */
  constant(name: string, shape: readonly number[], data: Float32Array): string {
    return this.keep({ name, shape, data });
  }

  /** A list of integers as a constant, for operators that take axes or indices as input. */
  indices(...values: number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.keep({ name: `int64_${values.join('_')}`, shape: [values.length], data });
  }

  scalar(value: number): string {
    return this.keep({ name: `scalar_${value}`, shape: [], data: Float32Array.of(value) });
  }

  input(port: OnnxPort): string {
    this.inputs.push(port);
    return this.unique(port.name);
  }

  /** Ends the graph at `value`: `operator` (Identity, Transpose) gives the output its name. */
  output(
    port: OnnxPort,
    value: string,
    operator: string,
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): void {
    this.outputs.push(port);
    this.nodes.push({ name: port.name, operator, inputs: [value], outputs: [port.name], attributes });
  }

  build(name: string): OnnxGraph {
    const { nodes, inputs, outputs } = this;
    return { name, nodes, tensors: [...this.tensors.values()], inputs, outputs };
  }

  /** Keeps the names of outputs free for them. */
  reserve(names: readonly string[]): void {
    for (const name of names) this.taken.add(name);
  }

  private keep(tensor: OnnxTensor): string {
    if (!this.tensors.has(tensor.name)) this.tensors.set(tensor.name, tensor);
    return tensor.name;
  }

  private unique(name: string): string {
    let candidate = name;
    for (let i = 2; this.taken.has(candidate); i++) candidate = `${name}__${i}`;
    this.taken.add(candidate);
    return candidate;
  }
}
